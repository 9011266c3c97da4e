package io.github.signaturereactive.poll;

import reactor.core.publisher.Mono;

/**
 * A queue of status changes that can be polled. The clients implement it for the queues of the service. Applications
 * may implement it in tests of their processing.
 *
 * @param <T> the status change
 */
public interface StatusQueue<T> {

    /**
     * Returns the name of the queue, which identifies it in events and in shared permits: flow, organization and
     * queue name.
     */
    String name();

    /** Polls once and emits the response. Signals an error if no valid response was received. */
    Mono<Polled<T>> poll();

    /** Confirms a change, so that the service does not offer it again. */
    Mono<Void> confirm(T change);

    /** Returns the service's id of the job to which the change belongs. */
    long jobId(T change);

    /**
     * Returns an object that is equal for two deliveries of the same change. It must implement {@code equals} and
     * {@code hashCode}.
     */
    Object identity(T change);
}
