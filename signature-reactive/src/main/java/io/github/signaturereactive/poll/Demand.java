package io.github.signaturereactive.poll;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * What the subscriber has asked for and not got, counted down when a change is about to be fetched. {@code flatMap} asks its
 * source for as many elements as its concurrency allows, however little its subscriber wants; this holds the source back. The
 * sink is how a source that waits for demand, of which there is one at a time, hears of it.
 */
final class Demand {

    private long open;
    private Sinks.@Nullable Empty<Void> waiting;

    /** More is asked for. */
    void add(long count) {
        Sinks.Empty<Void> awakened;
        synchronized (this) {
            open = Operators.addCap(open, count);
            awakened = waiting;
            waiting = null;
        }
        if (awakened != null) {
            awakened.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        }
    }

    /** Puts back what was taken, and is otherwise empty. */
    <R> Mono<R> giveBack() {
        return Mono.fromRunnable(() -> add(1));
    }

    /** Completes when there is demand, having taken one of it. */
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
