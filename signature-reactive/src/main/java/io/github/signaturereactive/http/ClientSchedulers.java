package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The schedulers of one client, for tasks that must not run on an event loop.
 *
 * <p>Reactor's shared schedulers are not used. If an application blocks all threads of a shared scheduler while it waits for this
 * client, tasks of the client in the queue of that scheduler never run.
 *
 * <p>Threads are created on demand and end after {@value #IDLE_SECONDS} idle seconds.
 */
public final class ClientSchedulers {

    private static final int IDLE_SECONDS = 10;

    /** The time that running tasks have to end when the client is closed. Then their threads are interrupted. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Scheduler work = Schedulers.newBoundedElastic(
            Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, Integer.MAX_VALUE, "signature-work", IDLE_SECONDS, true);

    private final Scheduler blocking = Schedulers.newBoundedElastic(
            Integer.MAX_VALUE, Integer.MAX_VALUE, "signature-blocking", IDLE_SECONDS, true);

    private final Scheduler eventLoops;

    /**
     * Creates the schedulers.
     *
     * @param eventLoops the event loops of the connections, which are not disposed with the schedulers
     */
    ClientSchedulers(Executor eventLoops) {
        this.eventLoops = Schedulers.fromExecutor(task -> executeOrStartThread(eventLoops, task));
    }

    /** Runs the task on a new thread if the event loops are shut down, so that calls in flight still receive their error. */
    private static void executeOrStartThread(Executor eventLoops, Runnable task) {
        try {
            eventLoops.execute(task);
        } catch (RejectedExecutionException closed) {
            startThread(task);
        }
    }

    /**
     * Returns the scheduler on which results are emitted. A subscriber may block the thread that emits a result. On one of the
     * other schedulers, it could then wait for a task that is queued for the same thread.
     */
    public Scheduler eventLoops() {
        return eventLoops;
    }

    /** Returns the scheduler of CPU-bound tasks and file access of this library. Its tasks do not wait for other tasks. */
    public Scheduler work() {
        return work;
    }

    /**
     * Returns the scheduler of code that may block for any time: callbacks, private key operations, resolution of the proxy host.
     * The number of threads is not limited, so a task never waits for another one to end.
     */
    public Scheduler blocking() {
        return blocking;
    }

    /** Returns a scheduler that creates a thread for each task, for cleanup after the other schedulers have been disposed. */
    public static Scheduler afterClosing() {
        return Schedulers.fromExecutor(ClientSchedulers::startThread);
    }

    private static void startThread(Runnable task) {
        new Thread(task, "signature-closing").start();
    }

    /**
     * Disposes the schedulers and completes when their tasks have ended. Tasks that take longer than 10 seconds are interrupted.
     */
    Mono<Void> disposeLater() {
        return Mono.whenDelayError(disposeLater(work), disposeLater(blocking)).subscribeOn(afterClosing());
    }

    private static Mono<Void> disposeLater(Scheduler scheduler) {
        return scheduler
                .disposeGracefully()
                .timeout(CLOSING)
                .onErrorResume(TimeoutException.class, timeout -> Mono.fromRunnable(scheduler::dispose));
    }
}
