package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.StatusChange;
import reactor.core.publisher.Mono;

/**
 * A queue of status changes that can be polled. The clients implement it for the queues of the service. Applications
 * may implement it in tests of their processing.
 *
 * @param <T> the status change
 */
public interface StatusQueue<T extends StatusChange> {

    /**
     * Returns the name of the queue, which identifies it in events and in shared permits: flow, organization and
     * queue name.
     */
    String name();

    /** Polls once and emits the response. Signals an error if no valid response was received. */
    Mono<Polled<T>> poll();

    /** Confirms a change, so that the service does not offer it again. */
    Mono<Void> confirm(T change);
}
