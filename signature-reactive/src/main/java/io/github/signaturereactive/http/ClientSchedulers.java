package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The schedulers of one client, for everything that must not run on an event loop. They are not Reactor's shared ones: callers
 * that block on all threads of those would wait for work that is queued behind themselves.
 *
 * <p>Threads are created when they are needed and end when they have been idle for {@value #IDLE_SECONDS} seconds.
 */
public final class ClientSchedulers {

    private static final int IDLE_SECONDS = 10;

    /** How long running tasks may take to end when the client is closed, before their threads are interrupted. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Scheduler work = Schedulers.newBoundedElastic(
            Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE, Integer.MAX_VALUE, "signature-work", IDLE_SECONDS, true);

    private final Scheduler blocking = Schedulers.newBoundedElastic(
            Integer.MAX_VALUE, Integer.MAX_VALUE, "signature-blocking", IDLE_SECONDS, true);

    private final Scheduler eventLoops;

    /**
     * Creates the schedulers.
     *
     * @param eventLoops the event loops of the client's connections, which are not disposed with its schedulers
     */
    ClientSchedulers(Executor eventLoops) {
        this.eventLoops = Schedulers.fromExecutor(task -> executeOrStartThread(eventLoops, task));
    }

    /** The error of a call that was in flight when the client was closed is to arrive, too. */
    private static void executeOrStartThread(Executor eventLoops, Runnable task) {
        try {
            eventLoops.execute(task);
        } catch (RejectedExecutionException closed) {
            startThread(task);
        }
    }

    /**
     * Returns the scheduler on which results are emitted. Whoever blocks the thread that emits a result could, if that were one of the
     * other schedulers, wait for work that is queued behind itself.
     */
    public Scheduler eventLoops() {
        return eventLoops;
    }

    /** Returns the scheduler of this library's own work, which takes a while but waits for nobody: compressing, reading files. */
    public Scheduler work() {
        return work;
    }

    /**
     * Returns the scheduler of code that may block for any time: callbacks, key operations, name resolution. The number of threads
     * is not limited, so that a task never waits for another one to return.
     */
    public Scheduler blocking() {
        return blocking;
    }

    /** Returns a scheduler that creates a thread for each task, for what remains to be done when the others have ended. */
    public static Scheduler afterClosing() {
        return Schedulers.fromExecutor(ClientSchedulers::startThread);
    }

    private static void startThread(Runnable task) {
        new Thread(task, "signature-closing").start();
    }

    /** Ends all threads and completes when they are gone. Tasks that do not end in time are interrupted. */
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
