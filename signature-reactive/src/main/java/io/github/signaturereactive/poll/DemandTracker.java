package io.github.signaturereactive.poll;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * Counts the elements that the subscriber has requested and not received. {@code flatMap} requests as many elements from its source
 * as its concurrency allows, whatever its subscriber requested; this class makes the source wait for the subscriber's own demand. A
 * sink resumes the source, of which at most one waits at a time.
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

    /** Returns one unit of demand that was taken, and completes empty. */
    <R> Mono<R> giveBack() {
        return Mono.fromRunnable(() -> add(1));
    }

    /** Takes one unit of demand, and completes as soon as there is one. */
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
