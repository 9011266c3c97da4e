package io.github.signaturereactive.spring;

import reactor.core.publisher.Mono;

/** Sees each handling of a status change, from its beginning to its end. */
@FunctionalInterface
public interface StatusChangeObserver {

    /** Leaves everything as it is. */
    StatusChangeObserver NONE = (change, handling) -> handling;

    /**
     * A change that is about to be handled.
     *
     * @param flow {@code portal} or {@code direct}
     * @param queue the queue's name, see {@link StatusChangePoller#queue()}
     * @param jobId the service's number for the job
     */
    record HandledChange(String flow, String queue, long jobId) {}

    /**
     * The handling with what is to happen around it.
     *
     * @param change the change
     * @param handling the handling, which begins when it is subscribed to
     */
    Mono<Void> observe(HandledChange change, Mono<Void> handling);
}
