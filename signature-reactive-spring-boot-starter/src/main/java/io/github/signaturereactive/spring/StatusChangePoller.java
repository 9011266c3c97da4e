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

/** The poller of one handler, with its state and counters. Instances are safe for use by multiple threads. */
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

    /** Identifies the current stream. Null after a stream has ended with an error. */
    private @Nullable Object stream;

    StatusChangePoller(String flow, String queue, String handler, Restart restart, Scheduler scheduler) {
        this.flow = flow;
        this.queue = queue;
        this.handler = handler;
        this.restart = restart;
        this.scheduler = scheduler;
    }

    /** The state of a poller. */
    public enum State {
        /** Not started, or stopped. */
        STOPPED,
        /** Polling, or waiting for the time that the service permits. */
        POLLING,
        /** Waiting to retry after a poll that failed with a transient error. */
        BACKING_OFF,
        /** Polling ended with an error. It has been restarted, or will be, and no poll has been answered since the error. */
        RESTARTING,
        /** Not polling. Waiting for changes in progress to be handled. */
        STOPPING
    }

    /**
     * An error or a warning.
     *
     * @param at the time of the error
     * @param description the class of the error, with the message if it is an error of the SDK, or a sentence. Contains no personal data
     */
    public record Trouble(Instant at, String description) {}

    /**
     * Counters since the poller was created.
     *
     * @param changes fetched changes
     * @param redeliveries fetched changes that this process has handled before, but whose confirmation failed
     * @param confirmed changes that were handled and confirmed
     * @param failures changes whose handling failed
     * @param tooEarly polls that the service rejected as too early, or because of too many calls
     * @param backOffs polls and confirmations that failed and were retried
     * @param restarts restarts after an error that ended polling
     */
    public record Counts(
            long changes,
            long redeliveries,
            long confirmed,
            long failures,
            long tooEarly,
            long backOffs,
            long restarts) {}

    /** {@return {@code portal} or {@code direct}} */
    public String flow() {
        return flow;
    }

    /**
     * Returns the name of the queue: the organization number, followed by a slash and the name of the polling queue unless that is the
     * default queue. Returns {@code default} if neither the handler nor the {@link StatusChangePollersBuilder#defaultSender builder} names
     * a sender.
     *
     * @return the name
     */
    public String queue() {
        return queue;
    }

    /** {@return the bean name of the handler} */
    public String handler() {
        return handler;
    }

    /** {@return the state of the poller} */
    public State state() {
        return Objects.requireNonNull(state.get());
    }

    /** {@return the time of the last response to a poll, or null if there was none} */
    public @Nullable Instant lastAnswer() {
        return lastAnswer;
    }

    /** {@return the last error or warning, or null if there was none} It is kept when polling succeeds again. */
    public @Nullable Trouble lastTrouble() {
        return lastTrouble;
    }

    /** {@return the number of changes that are being handled} */
    public int inFlight() {
        return inFlight.get();
    }

    /** {@return the last wait for the time of the next permitted poll, or the last wait after an error} Zero if there was none. */
    public Duration lastWait() {
        return lastWait;
    }

    /** {@return the current counters} */
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

    /** Subscribes to a stream of changes, and again after each error, until the stream completes or {@code stop} signals. */
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
                "Polling of {} queue {} for '{}' ended with {}; restarting in {} ms",
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

    /** Sets the state to {@link State#STOPPING}, unless the poller is not running. */
    void stopping() {
        state.updateAndGet(now -> now == State.STOPPED ? now : State.STOPPING);
    }

    /** Returns the handling, counted as in flight until it terminates or is cancelled. */
    Mono<Void> counted(Mono<Void> handling) {
        return Mono.defer(() -> {
            inFlight.incrementAndGet();
            return handling.doFinally(signal -> inFlight.decrementAndGet());
        });
    }

    /**
     * Returns a listener for the next stream. Its events arrive on another thread than the end of the stream. Events that arrive after the
     * end are counted, but do not change the state.
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
            trouble("The next poll is permitted in " + capped.requested()
                    + ", which exceeds the maximum wait, so it is made in " + capped.pause());
        } else if (event instanceof PollEvent.ProcessingOverdue overdue) {
            trouble("The change of job " + overdue.jobId() + " is still being handled " + overdue.hidden()
                    + " after it was fetched, so the service delivers it again");
        }
    }

    private void answered(Duration wait) {
        lastAnswer = now();
        lastWait = wait;
        state.updateAndGet(now -> now == State.BACKING_OFF || now == State.RESTARTING ? State.POLLING : now);
    }

    /** Includes messages of the SDK only, because other messages could contain personal data. */
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
