package io.github.signaturereactive.poll;

import reactor.core.publisher.Mono;

/**
 * A status change that was fetched and is to be confirmed. Until then the service offers it again every ten minutes.
 *
 * @param <T> the status change
 */
public interface Unconfirmed<T> {

    /** Returns the status change. */
    T value();

    /**
     * Confirms the change, so that the service does not offer it again. Transient faults of the connection and of the service are
     * retried with backoff for as long as {@link StatusChanges#confirmWithin} says; after that the fault is the error.
     *
     * <p>Also completes if the service refuses the confirmation, for instance with 404, 409 or 410 because another delivery of the
     * change has been confirmed, or if the confirmation URL leads away from the service. {@link PollEvent.ConfirmationFailed} reports
     * that. Fails if there is no access to the service at all: 401, 403, an organization without authorization, an untrusted
     * server, a rejected certificate, or a closed client.
     */
    Mono<Void> confirm();

    /**
     * Returns whether this process has, until now, tried in vain to confirm another delivery of the change. If false, another process may
     * have processed it, or this one before a restart.
     */
    boolean redelivered();
}
