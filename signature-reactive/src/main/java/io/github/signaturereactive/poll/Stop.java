package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The end of polling for one subscriber. The sink is there because many waits, one after the other, are cut short by one signal
 * that may have come long before.
 */
final class Stop {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Sinks.Empty<Void> signal = Sinks.empty();

    boolean isStopped() {
        return stopped.get();
    }

    /** Completes after the wait, or as soon as polling is to stop. */
    Mono<Void> orAfter(Duration wait, Time time) {
        return wait.isZero()
                ? Mono.empty()
                : Mono.delay(wait, time.scheduler())
                        .takeUntilOther(signal.asMono())
                        .then();
    }

    /** Completes with the other, or as soon as polling is to stop. */
    Mono<Void> or(Mono<Void> other) {
        return other.takeUntilOther(signal.asMono());
    }

    /** Stops polling when the publisher says so, and completes when what is then in flight has had its time. */
    Mono<Void> on(Publisher<?> publisher, Duration within, Time time) {
        return Mono.from(publisher)
                .onErrorComplete()
                .then(Mono.fromRunnable(this::stop))
                .then(Mono.delay(within, time.scheduler()))
                .then();
    }

    private void stop() {
        stopped.set(true);
        signal.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
