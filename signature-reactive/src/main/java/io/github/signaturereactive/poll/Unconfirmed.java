package io.github.signaturereactive.poll;

import reactor.core.publisher.Mono;

/**
 * A status change that has been fetched and waits to be confirmed. Until it is, the service offers it again every ten minutes.
 *
 * @param <T> the status change
 */
public interface Unconfirmed<T> {

    /** The status change. */
    T value();

    /**
     * Tells the service that the change has been dealt with, so that it is not offered again. Faults of the connection and of
     * the service are tried again, with back-off, while the service hides the change; then the fault is the error.
     */
    Mono<Void> confirm();

    /**
     * Whether this process has fetched the same change before and began to confirm it without success. False says nothing of
     * other processes, nor of this one before a restart.
     */
    boolean redelivered();
}
