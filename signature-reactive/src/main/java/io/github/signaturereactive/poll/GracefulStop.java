package io.github.signaturereactive.poll;

import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Stops the polling of one subscriber. A sink holds the stop signal, because each of many successive waits may end by it. */
final class GracefulStop {

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private boolean polling;
    private boolean stopped;
    private boolean stoppedWhilePolling;

    synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Runs a poll, of which at most one is in progress. Completes empty if polling is stopped.
     *
     * @return a {@code Flux}, whose {@code doOnTerminate} is called after the value has been emitted and before the next poll begins
     */
    <R> Flux<R> unlessStopped(Mono<R> poll) {
        return Flux.defer(() -> begin() ? poll.flux().doOnTerminate(this::end) : Flux.empty());
    }

    private synchronized boolean begin() {
        polling = !stopped;
        return polling;
    }

    private synchronized void end() {
        polling = false;
    }

    /** Completes when polling is stopped, unless a poll is in progress then. It may bring a change. */
    Mono<Void> betweenPolls() {
        return signal.asMono().then(Mono.defer(() -> wasPolling() ? Mono.never() : Mono.empty()));
    }

    private synchronized boolean wasPolling() {
        return stoppedWhilePolling;
    }

    /** Completes after the wait, or when polling is stopped. */
    Mono<Void> orAfter(Duration wait, MonotonicClock clock) {
        return wait.isZero()
                ? Mono.empty()
                : Mono.delay(wait, clock.scheduler())
                        .takeUntilOther(signal.asMono())
                        .then();
    }

    /** Stops polling at the first signal of the publisher, and completes after the time for draining. */
    Mono<Void> on(Publisher<?> publisher, Duration within, MonotonicClock clock) {
        return Mono.from(publisher)
                .onErrorComplete()
                .then(Mono.fromRunnable(this::stop))
                .then(Mono.delay(within, clock.scheduler()))
                .then();
    }

    private void stop() {
        synchronized (this) {
            stopped = true;
            stoppedWhilePolling = polling;
        }
        signal.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
