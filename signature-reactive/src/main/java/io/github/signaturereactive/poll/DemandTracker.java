package io.github.signaturereactive.poll;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * Counts the elements that the subscriber has requested and not received.
 *
 * <p>{@code flatMap} requests as many elements from its source as its concurrency allows, regardless of the demand of
 * its subscriber. With this class the source waits for the subscriber's own demand. Operators cannot do that, so a
 * sink resumes the source. At most one source waits at a time.
 */
final class DemandTracker {

    private long open;
    private Sinks.@Nullable Empty<Void> waiting;

    /** Adds demand and resumes a waiting source. */
    void add(long count) {
        Sinks.Empty<Void> resumed;
        synchronized (this) {
            open = Operators.addCap(open, count);
            resumed = waiting;
            waiting = null;
        }
        if (resumed != null) {
            resumed.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** Returns one unit of demand after a poll without an emitted change, and completes empty. */
    <R> Mono<R> giveBack() {
        return Mono.fromRunnable(() -> add(1));
    }

    /** Takes one unit of demand. Completes when a unit is available. */
    Mono<Void> take() {
        return Mono.defer(() -> {
            synchronized (this) {
                if (open > 0) {
                    open -= open == Long.MAX_VALUE ? 0 : 1;
                    return Mono.empty();
                }
                Sinks.Empty<Void> sink = Sinks.empty();
                waiting = sink;
                return sink.asMono().then(take());
            }
        });
    }
}
