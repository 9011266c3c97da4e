package io.github.signaturereactive.poll;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;

/**
 * Runs the tasks of one job one after the other, in the order in which they were subscribed to. Tasks of different jobs do not wait
 * for each other. A sink stands for the end of each task, because the task that waits for it may be added before or after the end.
 */
final class PerJobSerializer {

    private final Map<Long, Sinks.Empty<Void>> lastOfJob = new HashMap<>();

    /** Adds a task to the queue of its job. The task is subscribed to when all earlier tasks of the job have ended. */
    <R> Mono<R> run(long job, Mono<R> task) {
        Sinks.Empty<Void> end = Sinks.empty();
        Sinks.Empty<Void> endOfPrevious = replaceLast(job, end);
        return (endOfPrevious == null ? task : endOfPrevious.asMono().then(task)).doFinally(signal -> {
            // Only the end of the whole stream cancels a task. Then no later task may start.
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
