package io.github.signaturereactive.poll;

import reactor.core.publisher.Mono;

/**
 * A queue of status changes as the poller sees it. The clients implement it for the queues of the service; a test of your own
 * processing may implement it, too.
 *
 * @param <T> the status change
 */
public interface StatusQueue<T> {

    /** What tells this queue from others, for sharing permitted times and for events: flow, organization and queue. */
    String name();

    /** Polls once. Fails with what went wrong if no answer came that says how the queue stands. */
    Mono<Polled<T>> poll();

    /** Confirms a change. */
    Mono<Void> confirm(T change);

    /** The service's number for the job that the change is about. */
    long jobId(T change);

    /** What is equal for two changes if they are the same one, delivered twice. */
    Object identity(T change);
}
