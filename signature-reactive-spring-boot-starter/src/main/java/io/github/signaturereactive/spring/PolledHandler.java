package io.github.signaturereactive.spring;

import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A handler and how its queue is polled.
 *
 * @param poller what is known of the polling
 * @param handler the handler
 * @param jobId gives the service's number for a change's job
 * @param changes the polling
 * @param observer sees each handling
 * @param drainWithin how long stopping may take
 * @param <T> the status change
 */
record PolledHandler<T>(
        StatusChangePoller poller,
        StatusChangeHandler<T> handler,
        ToLongFunction<T> jobId,
        StatusChanges<T> changes,
        StatusChangeObserver observer,
        Duration drainWithin) {

    /** Polls and handles until told to stop, and then until what is being handled has been dealt with. */
    Mono<Void> run(Publisher<?> stop) {
        return poller.run(
                Flux.defer(() -> changes.listener(poller.newListener())
                        .stopWhen(stop, drainWithin)
                        .confirmAfter(this::handling)),
                stop);
    }

    private Mono<Void> handling(T change) {
        var handled = new HandledChange(poller.flow(), poller.queue(), jobId.applyAsLong(change));
        return poller.counted(observer.observe(handled, Mono.defer(() -> call(change))));
    }

    /** Signals what the handler throws. Reactor's operators would not signal an error that they regard as fatal. */
    private Mono<Void> call(T change) {
        try {
            return handler.handle(change);
        } catch (Throwable error) {
            return Mono.error(error);
        }
    }
}
