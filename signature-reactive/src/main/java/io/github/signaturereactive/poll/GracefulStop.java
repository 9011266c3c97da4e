package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Stops the polling of one subscriber. A sink holds the stop signal, because each of many successive waits may end by it. */
final class GracefulStop {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Sinks.Empty<Void> signal = Sinks.empty();

    boolean isStopped() {
        return stopped.get();
    }

    /** Completes after the wait, or when polling is stopped. */
    Mono<Void> orAfter(Duration wait, MonotonicClock clock) {
        return wait.isZero()
                ? Mono.empty()
                : Mono.delay(wait, clock.scheduler())
                        .takeUntilOther(signal.asMono())
                        .then();
    }

    /** Completes when the other completes, or when polling is stopped. */
    Mono<Void> or(Mono<Void> other) {
        return other.takeUntilOther(signal.asMono());
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
        stopped.set(true);
        signal.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
