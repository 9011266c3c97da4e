package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.StatusChange;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The status changes of a queue, delivered at least once. A change is delivered again until its confirmation
 * succeeds, for instance after a crash, an error or a lost connection. Processing must therefore be idempotent. For
 * instance, use a unique key on job id and status, written in the same transaction.
 *
 * <p>Nothing is sent before {@link #confirmAfter} or {@link #receive} is subscribed to. Each subscription polls
 * independently. Instances are immutable: each method that configures an option returns a changed copy.
 *
 * <p>A queue is polled only when there is demand, and only when the service permits it. The permitted times are those
 * of the service's documentation of polling, header {@code X-Next-permitted-poll-time}. They do not depend on the
 * clock of this machine. If the service responds that it is too early, or that there are too many requests, polling
 * waits for the time in the response. Waiting uses a timer, but no thread and no connection.
 *
 * <p>Errors are handled as follows:
 * <ul>
 * <li>Transient errors of the network and the service are retried with backoff, without a limit on the number of
 * retries.
 * <li>Other errors of a poll terminate the stream: an untrusted server, a rejected certificate, a missing
 * authorization, any other 4xx.
 * <li>A response that cannot be read is reported as {@link PollEvent.Unreadable}, and the stream continues. The
 * service offers the change again.
 * <li>A refused confirmation is reported as {@link PollEvent.ConfirmationFailed}, and the stream continues. It
 * terminates if the service refuses access.
 * </ul>
 *
 * <p>Cancellation stops polling at once and cancels processing in flight, which stays unconfirmed. To stop
 * gracefully, see {@link #stopWhen}.
 *
 * @param <T> the status change
 */
public final class StatusChanges<T extends StatusChange> {

    private final StatusQueue<T> queue;
    private final PollOptions options;
    private final Redeliveries redeliveries;

    /**
     * Creates status changes of a queue with default options, for tests of processing with a custom {@link
     * StatusQueue}. For the queues of the service, use the clients instead. Callbacks run on {@link
     * reactor.core.scheduler.Schedulers#boundedElastic()}.
     *
     * @param queue the queue to poll
     * @param permits the permitted times of polls
     */
    public StatusChanges(StatusQueue<T> queue, PollPermits permits) {
        this(queue, new PollOptions(permits), new Redeliveries());
    }

    /**
     * Creates status changes of a queue with default options. Internal: used by the clients.
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
     * Processes each change, confirms it, and then emits it. Each emitted change has been processed without error and
     * confirmed. Changes are delivered at least once, see {@link StatusChanges}.
     *
     * <p>The poller fetches at most as many changes as the subscriber has requested, and at most {@link #concurrency}
     * at a time. Changes of different jobs are processed in parallel, up to that number. Changes of one job are
     * processed one at a time and in order. A change that waits for an earlier change of its job counts as in flight.
     *
     * <p>{@code processing} is called on the client's scheduler for callbacks, where its publisher is also subscribed
     * to. It may block there, also on calls of the same client. Cancellation interrupts processing that blocks. The
     * publisher receives the subscriber's context. Changes are emitted on the thread that received the confirmation.
     * This is an event loop of the client, where operators must not block.
     *
     * <p>If processing fails, {@link #onProcessingFailure} decides what happens to the change. The stream terminates
     * with an error as described for {@link StatusChanges}.
     *
     * @param processing the processing of a change; it is done when the publisher completes, and the values of the
     *     publisher are ignored
     */
    public Flux<T> confirmAfter(Function<? super T, ? extends Publisher<?>> processing) {
        return confirmAfter((change, delivery) -> processing.apply(change));
    }

    /**
     * Processes each change, confirms it, and then emits it, like {@link #confirmAfter(Function)}. In addition,
     * {@code processing} receives whether this process has already processed the change.
     *
     * @param processing the processing of a change; it is done when the publisher completes, and the values of the
     *     publisher are ignored
     */
    public Flux<T> confirmAfter(BiFunction<? super T, Delivery, ? extends Publisher<?>> processing) {
        Objects.requireNonNull(processing, "processing");
        return Flux.defer(() -> new Poller<>(queue, options, redeliveries).confirmAfter(processing))
                .checkpoint("StatusChanges.confirmAfter");
    }

    /**
     * Emits each change, which the subscriber must process and then {@link Unconfirmed#confirm() confirm}. Changes
     * are delivered at least once, see {@link StatusChanges}.
     *
     * <p>One change is fetched for each requested element. Operators such as {@code flatMap} and {@code publishOn}
     * request 256 elements by default, and so prefetch changes that then wait unprocessed: give them a small
     * concurrency or prefetch. The order in which changes of one job are processed depends on the subscriber.
     */
    public Flux<Unconfirmed<T>> receive() {
        return Flux.defer(() -> new Poller<>(queue, options, redeliveries).receive())
                .checkpoint("StatusChanges.receive");
    }

    /**
     * Sets how many changes {@link #confirmAfter} processes at a time. Defaults to 1.
     *
     * @param changes at least 1
     */
    public StatusChanges<T> concurrency(int changes) {
        if (changes < 1) {
            throw new IllegalArgumentException("concurrency must be at least 1, but was " + changes);
        }
        return with(options -> options.concurrency = changes);
    }

    /**
     * Sets what happens to a change whose processing failed. Defaults to {@link ProcessingFailure#leaveForLater()}.
     */
    public StatusChanges<T> onProcessingFailure(ProcessingFailure failure) {
        Objects.requireNonNull(failure, "failure");
        return with(options -> options.processingFailure = failure);
    }

    /**
     * Sets the waits after transient errors of polls and confirmations. The wait doubles with each error, and a
     * random part of up to half of it is added. Defaults to 1 second, up to 2 minutes. After a lost response, polling
     * resumes after the first wait, although the service may have permitted a later time.
     *
     * @param first the wait after the first error, more than zero
     * @param longest the longest wait, to which the random part is added, at most 365 days
     */
    public StatusChanges<T> backoff(Duration first, Duration longest) {
        var backoff = new Backoff(first, longest);
        return with(options -> options.backoff = backoff);
    }

    /**
     * Sets the wait after responses that do not contain the time of the next permitted poll. Defaults to 1 minute.
     *
     * @param wait zero to 365 days
     */
    public StatusChanges<T> defaultWait(Duration wait) {
        Duration checked = PollOptions.wait("defaultWait", wait);
        return with(options -> options.defaultWait = checked);
    }

    /**
     * Sets the longest wait for the next permitted poll, as given by the service or the shared permits. If the
     * permitted time is later, the poller reports {@link PollEvent.WaitCapped} and polls after this wait. A wrong
     * clock or header of the service can then not stop polling for long. Defaults to 1 hour.
     *
     * @param wait more than zero; 365 days if longer
     */
    public StatusChanges<T> maxWait(Duration wait) {
        Duration checked = PollOptions.limit("maxWait", wait);
        return with(options -> options.maxWait = checked);
    }

    /**
     * Sets how long the service hides a change after it was fetched. Defaults to ten minutes, as the service
     * documents.
     */
    StatusChanges<T> hidingTime(Duration duration) {
        return with(options -> options.hidingTime = duration);
    }

    /** Sets how long the rate limiter of the service blocks an organization. Defaults to 30 seconds. */
    StatusChanges<T> rateLimiterPause(Duration pause) {
        return with(options -> options.rateLimiterPause = pause);
    }

    /**
     * Sets the maximum random part that is added to the wait for a permitted time, so that instances that share a
     * queue do not poll at the same time. Defaults to zero.
     *
     * @param most the maximum, zero to 365 days
     */
    public StatusChanges<T> jitter(Duration most) {
        Duration checked = PollOptions.wait("jitter", most);
        return with(options -> options.jitter = checked);
    }

    /**
     * Sets how long after a change was fetched its confirmation is retried. Defaults to 9 minutes and 30 seconds,
     * because the service offers the change again after ten minutes.
     *
     * @param duration more than zero; 365 days if longer
     */
    public StatusChanges<T> confirmWithin(Duration duration) {
        Duration checked = PollOptions.limit("confirmWithin", duration);
        return with(options -> options.confirmWithin = checked);
    }

    /**
     * Sets the time limit of each call of processing by {@link #confirmAfter}. Processing that takes longer is
     * cancelled and fails with a {@link java.util.concurrent.TimeoutException}. Defaults to {@link #confirmWithin}.
     *
     * @param timeout more than zero; 365 days if longer
     */
    public StatusChanges<T> processingTimeout(Duration timeout) {
        Duration checked = PollOptions.limit("processingTimeout", timeout);
        return with(options -> options.processingTimeout = checked);
    }

    /**
     * Sets the listener that receives events. Defaults to none. Failures are logged with or without a listener.
     *
     * <p>Each subscription notifies the listener of its events in order, one at a time, on the scheduler for
     * callbacks. A listener may block without delaying the poller. If more than 1,000 events wait for it, further
     * events are dropped, with one warning in the log. Exceptions and errors of the listener are logged and otherwise
     * ignored.
     *
     * @param listener the listener
     */
    public StatusChanges<T> listener(Consumer<? super PollEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        return with(options -> options.listener = listener);
    }

    /** Sets the permits that share permitted times with other instances. Defaults to permits within this client. */
    public StatusChanges<T> permits(PollPermits permits) {
        Objects.requireNonNull(permits, "permits");
        return with(options -> options.permits = permits);
    }

    /**
     * Sets one scheduler for timers, for the clock and for callbacks, for instance a virtual one in tests. Permits
     * have their own clock. Defaults to {@link reactor.core.scheduler.Schedulers#parallel()} for timers, {@link
     * System#nanoTime()} as the clock, and a scheduler of the client for callbacks.
     */
    public StatusChanges<T> scheduler(Scheduler scheduler) {
        Objects.requireNonNull(scheduler, "scheduler");
        return with(options -> {
            options.clock = MonotonicClock.of(scheduler);
            options.callbacks = () -> scheduler;
        });
    }

    /**
     * Stops polling gracefully at the first signal of a publisher: its first value, its completion or its error.
     * Changes that have been fetched are still processed and confirmed, then the stream completes. A poll in progress
     * is awaited, because a change in its response would otherwise stay hidden for ten minutes. If nothing is in
     * progress, the stream completes at once.
     *
     * @param stop the publisher
     * @param within the time limit for polls and changes in progress, zero or more, 365 days if longer. After it,
     *     they are cancelled and the stream completes
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
