package io.github.signaturereactive.poll;

import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Stops the polling of one subscription gracefully. A sink holds the stop signal, because it must end each of many
 * successive waits.
 */
final class GracefulStop {

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private boolean polling;
    private boolean stopped;
    private boolean stoppedWhilePolling;

    synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Runs the poll, unless polling is stopped: then completes empty. At most one poll is in progress.
     *
     * @return a {@code Flux}, because its {@code doOnTerminate} is called after the value has been emitted and before
     *     the next poll begins
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

    /**
     * Completes when polling is stopped. Never completes if a poll was in progress at that time, because its response
     * may contain a change.
     */
    Mono<Void> betweenPolls() {
        return signal.asMono().then(Mono.defer(() -> wasPolling() ? Mono.never() : Mono.empty()));
    }

    private synchronized boolean wasPolling() {
        return stoppedWhilePolling;
    }

    /** Completes after the wait, or earlier when polling is stopped. */
    Mono<Void> orAfter(Duration wait, MonotonicClock clock) {
        return wait.isZero()
                ? Mono.empty()
                : Mono.delay(wait, clock.scheduler())
                        .takeUntilOther(signal.asMono())
                        .then();
    }

    /** Stops polling at the first signal of the publisher. Completes after the time limit for changes in flight. */
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
