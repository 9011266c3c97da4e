package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * At least once: every status change of a queue is delivered until its receipt has been confirmed, and after a crash, a failure
 * or a lost connection it is delivered again. So processing must be idempotent: make what it does depend on the job's number and
 * status, for instance by a unique key of both, written in the same transaction.
 *
 * <p>This is a description: nothing is sent before {@link #confirmAfter} or {@link #receive} is subscribed to, and each
 * subscription polls on its own. Each method that configures something gives a changed copy.
 *
 * <p>A queue is polled when the subscriber has asked for something, and never before the service permits it, whatever this
 * machine's clock shows. When the service says that it is too early, or that there are too many calls, polling waits for the time
 * it gives. Transient faults of the network and of the service are retried with backoff, without end. Other errors of a poll (an
 * untrusted server, a rejected certificate, a missing authorization, any other 4xx) end the stream. An answer
 * that cannot be read is reported, and the stream goes on: the service offers the change again. The same holds for a confirmation that
 * the service refuses, unless it refuses access as such. Waiting takes a timer, no thread and no connection.
 *
 * <p>Cancelling stops polling at once, and cancels what is being processed, which stays unconfirmed. For a gentle end see
 * {@link #stopWhen}.
 *
 * @param <T> the status change
 */
public final class StatusChanges<T> {

    private final StatusQueue<T> queue;
    private final PollOptions options;
    private final Redeliveries redeliveries;

    /**
     * Creates a description with the default of each option, for tests of processing against a {@link StatusQueue} of their own. The
     * clients create the descriptions of the service's queues. Callbacks run on {@link
     * reactor.core.scheduler.Schedulers#boundedElastic()}.
     *
     * @param queue the queue to poll
     * @param permits the permitted times of polls
     */
    public StatusChanges(StatusQueue<T> queue, PollPermits permits) {
        this(queue, new PollOptions(permits), new Redeliveries());
    }

    /**
     * Creates a description with the default of each option. Internal: used by the clients.
     *
     * @param queue the queue to poll
     * @param permits the permitted times of polls
     * @param callbacks the scheduler on which processing and listeners are called, which must allow blocking
     */
    public StatusChanges(StatusQueue<T> queue, PollPermits permits, Scheduler callbacks) {
        this(queue, new PollOptions(permits), new Redeliveries());
        options.callbacks = () -> callbacks;
    }

    private StatusChanges(StatusQueue<T> queue, PollOptions options, Redeliveries redeliveries) {
        this.queue = queue;
        this.options = options;
        this.redeliveries = redeliveries;
    }

    private StatusChanges<T> with(Consumer<PollOptions> change) {
        PollOptions changed = options.copy();
        change.accept(changed);
        return new StatusChanges<>(queue, changed, redeliveries);
    }

    /**
     * Processes each change, then confirms it, then emits it: what is emitted has been confirmed, and what is confirmed has been
     * processed without error. At least once, as described above.
     *
     * <p>Never more changes are fetched than the subscriber has asked for, nor more than {@link #concurrency} at a time. Changes
     * of different jobs are processed in parallel up to that number; two changes of one job never are, and never out of order:
     * the later one waits its turn and counts as one of them.
     *
     * <p>{@code processing} is called, and its publisher subscribed to, on a scheduler of the client for callbacks, and may block
     * there, also on calls of the same client. Cancellation interrupts processing that blocks. The subscriber's context reaches
     * the publisher. Changes are emitted on the thread that received the confirmation, an event loop of the client, where
     * operators must not block.
     *
     * @param processing what to do with a change; done when the publisher completes, whatever it emits
     */
    public Flux<T> confirmAfter(Function<? super T, ? extends Publisher<?>> processing) {
        return confirmAfter((change, delivery) -> processing.apply(change));
    }

    /**
     * As {@link #confirmAfter(Function)}, with a hint for each change whether it has been processed before, in this process.
     *
     * @param processing what to do with a change; done when the publisher completes, whatever it emits
     */
    public Flux<T> confirmAfter(BiFunction<? super T, Delivery, ? extends Publisher<?>> processing) {
        Objects.requireNonNull(processing, "processing");
        return Flux.defer(() -> new Poller<>(queue, options, redeliveries).confirmAfter(processing))
                .checkpoint("StatusChanges.confirmAfter");
    }

    /**
     * Emits each change for the subscriber to process and to {@link Unconfirmed#confirm() confirm}. At least once, as described
     * above.
     *
     * <p>One change is fetched for each that the subscriber asks for, so operators that ask for more than is worked on (such as
     * {@code flatMap} and {@code publishOn}, by default for 256) let changes lie about: give them a small concurrency or
     * prefetch. The order in which changes of one job are processed is the subscriber's affair here.
     */
    public Flux<Unconfirmed<T>> receive() {
        return Flux.defer(() -> new Poller<>(queue, options, redeliveries).receive())
                .checkpoint("StatusChanges.receive");
    }

    /**
     * Configure how many changes are processed at a time by {@link #confirmAfter}. Defaults to 1.
     *
     * @param changes at least 1
     */
    public StatusChanges<T> concurrency(int changes) {
        if (changes < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but was " + changes);
        }
        return with(options -> options.concurrency = changes);
    }

    /** Configure what becomes of a change whose processing failed. Defaults to {@link ProcessingFailure#leaveForLater()}. */
    public StatusChanges<T> onProcessingFailure(ProcessingFailure failure) {
        Objects.requireNonNull(failure, "failure");
        return with(options -> options.processingFailure = failure);
    }

    /**
     * Sets the waits after transient faults of polls and confirmations. The wait doubles with each fault, and a random part of up to
     * half of it is added. Defaults to 1 second, up to 2 minutes. After a lost response, polling resumes after the first wait,
     * although the service may have permitted a later time.
     *
     * @param first the wait after the first fault, more than zero
     * @param longest the longest wait, to which the random part is added, at most 365 days
     */
    public StatusChanges<T> backoff(Duration first, Duration longest) {
        var backoff = new Backoff(first, longest);
        return with(options -> options.backoff = backoff);
    }

    /**
     * Sets the wait for responses that do not tell when the service permits the next poll. Defaults to 1 minute.
     *
     * @param wait zero to 365 days
     */
    public StatusChanges<T> defaultWait(Duration wait) {
        Duration checked = PollOptions.wait("defaultWait", wait);
        return with(options -> options.defaultWait = checked);
    }

    /**
     * Sets the longest wait for the time at which the service, or shared permits, permit the next poll. If that is farther ahead, the
     * poller reports {@link PollEvent.WaitCapped} and polls after this wait. So a wrong clock or header of the service cannot
     * stop polling for long. Defaults to 1 hour.
     *
     * @param wait more than zero; 365 days if longer
     */
    public StatusChanges<T> maxWait(Duration wait) {
        Duration checked = PollOptions.limit("maxWait", wait);
        return with(options -> options.maxWait = checked);
    }

    /** Sets how long the service hides a change that was fetched. Defaults to the service's ten minutes. */
    StatusChanges<T> hidingTime(Duration duration) {
        return with(options -> options.hidingTime = duration);
    }

    /** Sets how long the service's rate limiter blocks an organization. Defaults to the service's 30 seconds. */
    StatusChanges<T> rateLimiterPause(Duration pause) {
        return with(options -> options.rateLimiterPause = pause);
    }

    /**
     * Sets the random part that is added to the wait for a permitted time, so that many instances that share a queue do not poll at the
     * same time. Defaults to zero.
     *
     * @param most the maximum, zero to 365 days
     */
    public StatusChanges<T> jitter(Duration most) {
        Duration checked = PollOptions.wait("jitter", most);
        return with(options -> options.jitter = checked);
    }

    /**
     * Sets how long after a change was fetched its confirmation is retried. Defaults to 9 minutes and 30 seconds, because the service
     * offers the change again after ten minutes.
     *
     * @param duration more than zero; 365 days if longer
     */
    public StatusChanges<T> confirmWithin(Duration duration) {
        Duration checked = PollOptions.limit("confirmWithin", duration);
        return with(options -> options.confirmWithin = checked);
    }

    /**
     * Sets the time limit of each call of processing by {@link #confirmAfter}. Processing that takes longer is cancelled and has failed
     * with a {@link java.util.concurrent.TimeoutException}. Defaults to {@link #confirmWithin}.
     *
     * @param timeout more than zero; 365 days if longer
     */
    public StatusChanges<T> processingTimeout(Duration timeout) {
        Duration checked = PollOptions.limit("processingTimeout", timeout);
        return with(options -> options.processingTimeout = checked);
    }

    /**
     * Sets the listener that is notified of events. Defaults to none; failures are logged with or without one.
     *
     * <p>Each subscription notifies the listener of its events in order, one at a time, on the scheduler for callbacks. A listener
     * may block without delaying the poller. If more than 1,000 events wait for it, further events are dropped, with one
     * warning in the log. Whatever it throws is logged and otherwise ignored.
     */
    public StatusChanges<T> listener(Consumer<? super PollEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(options -> options.listener = listener);
    }

    /** Configure where permitted times are shared with other instances. Defaults to within this client. */
    public StatusChanges<T> permits(PollPermits permits) {
        Objects.requireNonNull(permits, "permits");
        return with(options -> options.permits = permits);
    }

    /**
     * Sets one scheduler for timers, for the clock and for callbacks, for instance a virtual one in tests. Permits keep their own
     * clock. Defaults to {@link reactor.core.scheduler.Schedulers#parallel()} for timers, {@link System#nanoTime()} as the
     * clock, and a scheduler of the client for callbacks.
     */
    public StatusChanges<T> scheduler(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return with(options -> {
            options.clock = MonotonicClock.of(scheduler);
            options.callbacks = () -> scheduler;
        });
    }

    /**
     * Stops polling gracefully at the first signal of a publisher: its first value, its completion or its error. Changes that have been
     * fetched are still processed and confirmed, then the stream completes. A poll in progress is awaited, because the change
     * that it may bring would stay hidden for a while. If nothing is in progress, the stream completes at once.
     *
     * @param stop the publisher
     * @param within the time limit for what is in progress, after which it is cancelled and the stream completes; zero or more, 365 days if
     *     longer
     */
    public StatusChanges<T> stopWhen(Publisher<?> stop, Duration within) {
        Objects.requireNonNull(stop, "stop");
        Duration checked = PollOptions.capped(PollOptions.requireNotNegative("stopWhen: within", within));
        return with(options -> {
            options.stop = stop;
            options.drainWithin = checked;
        });
    }
}
