package io.github.signaturereactive.poll;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/** Lets what is done for one job be done in the order in which it came, one after the other; different jobs do not wait. */
final class Turns {

    private final Map<Long, Sinks.Empty<Void>> lastOfJob = new HashMap<>();

    /** The work, begun when all that came before it for the same job has ended. Comes to its place in line at once. */
    <R> Mono<R> take(long job, Mono<R> work) {
        Sinks.Empty<Void> own = Sinks.empty();
        Sinks.Empty<Void> before = follow(job, own);
        return (before == null ? work : before.asMono().then(work)).doFinally(signal -> {
            // Only the end of the whole stream cancels, and then nobody is to have a turn.
            if (signal != SignalType.CANCEL) {
                end(job, own);
            }
        });
    }

    private synchronized Sinks.@Nullable Empty<Void> follow(long job, Sinks.Empty<Void> own) {
        return lastOfJob.put(job, own);
    }

    private void end(long job, Sinks.Empty<Void> own) {
        synchronized (this) {
            lastOfJob.remove(job, own);
        }
        own.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
