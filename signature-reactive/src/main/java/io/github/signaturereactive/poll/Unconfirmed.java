package io.github.signaturereactive.poll;

import reactor.core.publisher.Mono;

/**
 * A status change that was fetched and not confirmed. The service offers it again ten minutes after it was fetched,
 * until it is confirmed.
 *
 * @param <T> the status change
 */
public interface Unconfirmed<T> {

    /** {@return the status change} */
    T value();

    /**
     * Confirms the change, so that the service does not offer it again. Transient errors of the connection and of the
     * service are retried with backoff, until {@link StatusChanges#confirmWithin} has passed. After that the {@code
     * Mono} signals the last error.
     *
     * <p>Also completes if the service refuses the confirmation, or if the confirmation URL does not belong to the
     * service. For instance, the service responds with 404, 409 or 410 if another delivery of the change has been
     * confirmed. A refusal is reported as {@link PollEvent.ConfirmationFailed}. Signals an error if the client has no
     * access to the service: 401, 403, an organization without authorization, an untrusted server, a rejected
     * certificate, or a closed client.
     *
     * @return a Mono that completes when the change is confirmed, or when the confirmation is refused
     */
    Mono<Void> confirm();

    /**
     * {@return whether this process has already tried to confirm another delivery of the change without success} If
     * false, another process may have processed the change, or this process before a restart.
     */
    boolean redelivered();
}
