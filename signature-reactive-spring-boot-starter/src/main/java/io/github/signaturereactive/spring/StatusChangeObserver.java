package io.github.signaturereactive.spring;

import reactor.core.publisher.Mono;

/** An observer of the handling of status changes, for metrics and traces. */
@FunctionalInterface
public interface StatusChangeObserver {

    /** An observer that does nothing. */
    StatusChangeObserver NONE = (change, handling) -> handling;

    /**
     * A status change that is handled.
     *
     * @param flow {@code portal} or {@code direct}
     * @param queue the name of the queue, see {@link StatusChangePoller#queue()}
     * @param jobId the job id
     */
    record HandledChange(String flow, String queue, long jobId) {}

    /**
     * Returns the handling, decorated with operators of this observer. The change is confirmed when the returned {@code Mono} completes.
     *
     * @param change the change
     * @param handling the handling, which starts when it is subscribed to
     * @return a {@code Mono} that must subscribe to the handling once, and signal its completion or error
     */
    Mono<Void> observe(HandledChange change, Mono<Void> handling);
}
