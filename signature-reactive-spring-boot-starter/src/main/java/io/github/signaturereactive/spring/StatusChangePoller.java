package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.poll.PollEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** The poller of one handler, as health, metrics and logs see it. */
public final class StatusChangePoller {

    private static final Logger LOG = LoggerFactory.getLogger(StatusChangePoller.class);

    private final String flow;
    private final String queue;
    private final String handler;
    private final Restart restart;
    private final Scheduler scheduler;

    private final AtomicReference<State> state = new AtomicReference<>(State.STOPPED);
    private final AtomicInteger errorsInARow = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder changes = new LongAdder();
    private final LongAdder redeliveries = new LongAdder();
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder tooEarly = new LongAdder();
    private final LongAdder backOffs = new LongAdder();
    private final LongAdder restarts = new LongAdder();
    private volatile Duration lastWait = Duration.ZERO;
    private volatile @Nullable Instant lastAnswer;
    private volatile @Nullable Trouble lastTrouble;

    /** The stream that runs now. */
    private @Nullable Object stream;

    StatusChangePoller(String flow, String queue, String handler, Restart restart, Scheduler scheduler) {
        this.flow = flow;
        this.queue = queue;
        this.handler = handler;
        this.restart = restart;
        this.scheduler = scheduler;
    }

    /** What a poller is doing. */
    public enum State {
        /** Not started, or stopped. */
        STOPPED,
        /** Polling, or waiting for the time that the service permits. */
        POLLING,
        /** Waiting after a poll that failed, and will be tried again. */
        BACKING_OFF,
        /** Its stream ended with an error. It has begun anew, or will, and the service has not answered since. */
        RESTARTING,
        /** Polls no more, and waits for what is being handled. */
        STOPPING
    }

    /**
     * Something that went wrong.
     *
     * @param at when
     * @param description the class of the error, with its message if the error is the SDK's own, or a sentence; nothing personal
     */
    public record Trouble(Instant at, String description) {}

    /**
     * What has happened since the poller was made.
     *
     * @param changes changes that were fetched
     * @param redeliveries those among them that this application had handled before, and only their confirmation had failed
     * @param confirmed changes that were handled and confirmed
     * @param failures changes whose handling failed
     * @param tooEarly polls for which the service said that it was too early, or that there were too many calls
     * @param backOffs polls and confirmations that failed and were tried again
     * @param restarts streams that ended with an error
     */
    public record Counts(
            long changes,
            long redeliveries,
            long confirmed,
            long failures,
            long tooEarly,
            long backOffs,
            long restarts) {}

    /** {@code portal} or {@code direct}. */
    public String flow() {
        return flow;
    }

    /**
     * The queue: the organization number, for a queue other than the default one followed by a slash and the queue's name.
     * {@code default} where the handler names no sender and the application has no {@code SignatureClient} whose default is known.
     */
    public String queue() {
        return queue;
    }

    /** The name of the handler's bean. */
    public String handler() {
        return handler;
    }

    /** What the poller is doing. */
    public State state() {
        return Objects.requireNonNull(state.get());
    }

    /** When the service last answered a poll, or null if it has not. */
    public @Nullable Instant lastAnswer() {
        return lastAnswer;
    }

    /** What went wrong last, or null if nothing has. */
    public @Nullable Trouble lastTrouble() {
        return lastTrouble;
    }

    /** How many changes are being handled now. */
    public int inFlight() {
        return inFlight.get();
    }

    /** How long polling last had to wait for the service's permission, or after a fault. */
    public Duration lastWait() {
        return lastWait;
    }

    /** What has happened so far. */
    public Counts counts() {
        return new Counts(
                changes.sum(),
                redeliveries.sum(),
                confirmed.sum(),
                failures.sum(),
                tooEarly.sum(),
                backOffs.sum(),
                restarts.sum());
    }

    /** Runs a stream of changes, anew after each error, until it completes, which it does when told to stop. */
    Mono<Void> run(Flux<?> stream, Publisher<?> stop) {
        return Flux.defer(() -> state.get() == State.STOPPING ? Flux.empty() : stream)
                .retryWhen(Retry.from(errors -> errors.concatMap(error -> restart(error.failure(), stop))))
                .then()
                .doOnSubscribe(subscription -> {
                    state.set(State.POLLING);
                    LOG.info("Polling {} queue {} for '{}'", flow, queue, handler);
                })
                .doOnTerminate(() -> state.set(State.STOPPED))
                .doOnCancel(() -> state.set(State.STOPPED));
    }

    private Mono<Boolean> restart(Throwable error, Publisher<?> stop) {
        Duration wait = ended(error);
        LOG.error(
                "Polling of {} queue {} for '{}' ended with {}; beginning anew in {} ms",
                flow,
                queue,
                handler,
                description(error),
                wait.toMillis());
        return Mono.delay(wait, scheduler).takeUntilOther(stop).then(Mono.just(true));
    }

    private synchronized Duration ended(Throwable error) {
        Duration wait = restart.after(error, errorsInARow.getAndIncrement());
        stream = null;
        trouble(error);
        restarts.increment();
        lastWait = wait;
        state.updateAndGet(now -> now == State.STOPPING ? now : State.RESTARTING);
        return wait;
    }

    /** Polls no more from now on. */
    void stopping() {
        state.updateAndGet(now -> now == State.STOPPED ? now : State.STOPPING);
    }

    /** The handling, counted as in flight while it lasts. */
    Mono<Void> counted(Mono<Void> handling) {
        return Mono.defer(() -> {
            inFlight.incrementAndGet();
            return handling.doFinally(signal -> inFlight.decrementAndGet());
        });
    }

    /**
     * Returns a listener for the next stream. Events are delivered on another thread than the end of the stream; those that come after
     * it are only counted.
     */
    synchronized Consumer<PollEvent> newListener() {
        var next = new Object();
        stream = next;
        return event -> noteOf(event, next);
    }

    private synchronized void noteOf(PollEvent event, Object reportedBy) {
        count(event);
        if (reportedBy.equals(stream)) {
            update(event);
        }
    }

    private void count(PollEvent event) {
        if (event instanceof PollEvent.Fetched fetched) {
            changes.increment();
            if (fetched.redelivered()) {
                redeliveries.increment();
            }
        } else if (event instanceof PollEvent.TooEarly) {
            tooEarly.increment();
        } else if (event instanceof PollEvent.BackingOff) {
            backOffs.increment();
        } else if (event instanceof PollEvent.Confirmed) {
            confirmed.increment();
        } else if (event instanceof PollEvent.ProcessingFailed) {
            failures.increment();
        }
    }

    private void update(PollEvent event) {
        if (event instanceof PollEvent.Fetched) {
            answered(Duration.ZERO);
        } else if (event instanceof PollEvent.Empty empty) {
            answered(empty.pause());
            errorsInARow.set(0);
        } else if (event instanceof PollEvent.TooEarly early) {
            answered(early.pause());
        } else if (event instanceof PollEvent.Unreadable unreadable) {
            answered(Duration.ZERO);
            trouble(unreadable.error());
        } else if (event instanceof PollEvent.BackingOff backingOff) {
            trouble(backingOff.error());
            if (backingOff.jobId() == null) {
                lastWait = backingOff.pause();
                state.compareAndSet(State.POLLING, State.BACKING_OFF);
            }
        } else if (event instanceof PollEvent.Confirmed) {
            errorsInARow.set(0);
        } else if (event instanceof PollEvent.ProcessingFailed failed) {
            trouble(failed.error());
        } else if (event instanceof PollEvent.ConfirmationFailed failed) {
            trouble(failed.error());
        } else if (event instanceof PollEvent.PermitsUnavailable unavailable) {
            trouble(unavailable.error());
        } else if (event instanceof PollEvent.WaitCapped capped) {
            trouble("The next poll was said to be permitted in " + capped.requested() + ", so it is made in "
                    + capped.pause());
        } else if (event instanceof PollEvent.ProcessingOverdue overdue) {
            trouble("The change of job " + overdue.jobId() + " is still being handled " + overdue.hidden()
                    + " after it was fetched, and is offered again");
        }
    }

    private void answered(Duration wait) {
        lastAnswer = now();
        lastWait = wait;
        state.updateAndGet(now -> now == State.BACKING_OFF || now == State.RESTARTING ? State.POLLING : now);
    }

    /** Only the SDK's own messages are known to hold nothing personal. */
    private static String description(Throwable error) {
        String type = error.getClass().getName();
        return error instanceof SignatureException ? type + ": " + error.getMessage() : type;
    }

    private void trouble(Throwable error) {
        trouble(description(error));
    }

    private void trouble(String description) {
        lastTrouble = new Trouble(now(), description);
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    @Override
    public String toString() {
        return flow + " queue " + queue + " for '" + handler + "': " + state;
    }
}
