package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A handler and the polling of its queue.
 *
 * @param poller the state and counters of the polling
 * @param handler the handler
 * @param changes the polling
 * @param observer the observer of each call of the handler
 * @param drainWithin the time limit for changes in progress when polling stops
 * @param <T> the status change
 */
record PolledHandler<T extends StatusChange>(
        StatusChangePoller poller,
        StatusChangeHandler<T> handler,
        StatusChanges<T> changes,
        StatusChangeObserver observer,
        Duration drainWithin) {

    /**
     * Polls and handles changes until the publisher signals. Then completes when the changes in progress have been handled and confirmed,
     * or cancels them after {@code drainWithin}.
     */
    Mono<Void> run(Publisher<?> stop) {
        return poller.run(
                Flux.defer(() -> changes.listener(poller.newListener())
                        .stopWhen(stop, drainWithin)
                        .confirmAfter(this::handling)),
                stop);
    }

    private Mono<Void> handling(T change) {
        var handled = new HandledChange(poller.flow(), poller.queue(), change.signatureJobId());
        return poller.counted(observer.observe(handled, Mono.defer(() -> call(change))));
    }

    /** Signals the exceptions that the handler throws. Reactor's operators would rethrow fatal ones instead of signalling them. */
    private Mono<Void> call(T change) {
        try {
            return handler.handle(change);
        } catch (Throwable error) {
            return Mono.error(error);
        }
    }
}
