package io.github.signaturereactive.poll;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/**
 * Runs the tasks of one job one after the other, in the order of their subscriptions. Tasks of different jobs run
 * independently. A sink signals the end of each task, because the next task may be added before or after the end.
 */
final class PerJobSerializer {

    private final Map<Long, Sinks.Empty<Void>> lastOfJob = new HashMap<>();

    /**
     * Adds a task to the queue of its job. The task is subscribed to when all earlier tasks of the job have
     * terminated.
     */
    <R> Mono<R> run(long job, Mono<R> task) {
        Sinks.Empty<Void> end = Sinks.empty();
        Sinks.Empty<Void> endOfPrevious = replaceLast(job, end);
        return (endOfPrevious == null ? task : endOfPrevious.asMono().then(task)).doFinally(signal -> {
            // A task is cancelled only when the whole stream ends. No later task may start then.
            if (signal != SignalType.CANCEL) {
                end(job, end);
            }
        });
    }

    private synchronized Sinks.@Nullable Empty<Void> replaceLast(long job, Sinks.Empty<Void> end) {
        return lastOfJob.put(job, end);
    }

    private void end(long job, Sinks.Empty<Void> end) {
        synchronized (this) {
            lastOfJob.remove(job, end);
        }
        end.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }
}
