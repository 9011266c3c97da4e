package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.PollEvent.BackingOff;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Polls the queue for one subscriber. At most one poll is in progress, and it is sent when there is demand and the
 * service permits it. Each fetched change is processed, then confirmed, then emitted.
 *
 * @param <T> the status change
 */
final class Poller<T extends StatusChange> {

    private final StatusQueue<T> queue;
    private final PollOptions options;
    private final Redeliveries redeliveries;
    private final MonotonicClock clock;
    private final PollGate gate;
    private final Scheduler callbacks;
    private final Reporter reporter;
    private final GracefulStop stop = new GracefulStop();

    Poller(StatusQueue<T> queue, PollOptions options, Redeliveries redeliveries) {
        this.queue = queue;
        this.options = options;
        this.redeliveries = redeliveries;
        this.clock = options.clock;
        this.callbacks = options.callbacks.get();
        this.reporter = new Reporter(options.listener, callbacks);
        this.gate = new PollGate(queue.name(), options, reporter);
    }

    /** Emits changes that the subscriber confirms. */
    Flux<Unconfirmed<T>> receive() {
        return untilStopped(changes(this::poll).map(change -> change));
    }

    /** Emits changes that have been processed and confirmed. */
    Flux<T> confirmAfter(BiFunction<? super T, Delivery, ? extends Publisher<?>> processing) {
        var demand = new DemandTracker();
        var serializer = new PerJobSerializer();
        Set<Object> inFlight = ConcurrentHashMap.newKeySet();
        Flux<Fetched> changes = changes(() -> demand.take().thenMany(poll().switchIfEmpty(demand.giveBack())));
        return untilStopped(changes.<T>flatMap(
                        change -> (inFlight.add(change.identity)
                                        ? serializer
                                                .run(change.jobId, processThenConfirm(change, processing))
                                                .doOnTerminate(() -> inFlight.remove(change.identity))
                                        : dropped(change))
                                .switchIfEmpty(demand.giveBack()),
                        options.concurrency,
                        1)
                .doOnRequest(demand::add));
    }

    /** Drops the delivery of a change whose earlier delivery is still in flight. */
    private Mono<T> dropped(Fetched change) {
        return Mono.fromRunnable(() -> reporter.report(new PollEvent.StillInFlight(queue.name(), change.jobId)));
    }

    private <R> Flux<R> untilStopped(Flux<R> flux) {
        return flux.takeUntilOther(stop.on(options.stop, options.drainWithin, clock))
                .doFinally(signal -> gate.dispose());
    }

    /**
     * Polls once for each requested change, one poll after the other. Completes when polling is stopped.
     *
     * <p>The poll is the inner publisher of a {@code concatMap} without prefetch, so that it waits for a request.
     * {@code repeat} alone would subscribe to the first poll at once. The source is hidden, because {@code concatMap}
     * treats a scalar source as a special case.
     */
    private Flux<Fetched> changes(Supplier<Flux<Fetched>> poll) {
        return Flux.just(queue)
                .hide()
                .concatMap(ignored -> poll.get(), 0)
                .repeat(() -> !stop.isStopped())
                .takeUntilOther(stop.betweenPolls());
    }

    /** Polls once when it is permitted, with retries after transient errors. Completes empty if there is no change. */
    private Flux<Fetched> poll() {
        return Mono.defer(() -> stop.isStopped() ? Mono.empty() : gate.await(stop))
                .thenMany(stop.unlessStopped(Mono.defer(this::pollNow)))
                .retryWhen(retryPoll());
    }

    private Mono<Fetched> pollNow() {
        long asked = clock.nanos();
        Mono<Polled<T>> poll = Mono.usingWhen(
                Mono.just(gate),
                held -> queue.poll(),
                held -> Mono.empty(),
                (held, error) -> held.release(asked),
                held -> held.release(asked));
        return poll.flatMap(polled -> {
            long got = clock.nanos();
            return gate.update(polled).flatMap(wait -> Mono.justOrEmpty(taken(polled, wait, got)));
        });
    }

    private @Nullable Fetched taken(Polled<T> polled, Duration wait, long got) {
        @Nullable T change = polled.change();
        if (change != null) {
            var fetched = new Fetched(change, got);
            reporter.report(new PollEvent.Fetched(queue.name(), fetched.jobId, fetched.redelivered()));
            return fetched;
        }
        if (polled.error() != null) {
            reporter.report(new PollEvent.Unreadable(queue.name(), polled.error()));
        } else if (polled.outcome() == Polled.Outcome.EMPTY) {
            reporter.report(new PollEvent.Empty(queue.name(), wait));
        } else {
            reporter.report(new PollEvent.TooEarly(queue.name(), wait));
        }
        return null;
    }

    private Mono<T> processThenConfirm(
            Fetched change, BiFunction<? super T, Delivery, ? extends Publisher<?>> processing) {
        Mono<Boolean> attempt = attempt(change, processing);
        @Nullable Retry retry = options.processingFailure.retry();
        return (retry == null ? attempt : attempt.retryWhen(retry))
                .takeUntilOther(reportOverdue(change))
                .doOnNext(done -> {
                    redeliveries.processed(change.identity, change.delivery);
                    reporter.report(new PollEvent.Processed(queue.name(), change.jobId));
                })
                .onErrorResume(error -> afterFailedProcessing(change, error))
                .flatMap(done -> change.send()
                        .thenReturn(change.value)
                        .onErrorResume(error -> !Backoff.isLossOfAccess(error), error -> Mono.empty()));
    }

    /** Reports processing that takes longer than the time for which the service hides the change. Never completes. */
    private Mono<Void> reportOverdue(Fetched change) {
        return Mono.defer(() -> Mono.delay(change.untilOffered(), clock.scheduler()))
                .doOnNext(timer -> reporter.report(
                        new PollEvent.ProcessingOverdue(queue.name(), change.jobId, options.hidingTime)))
                .then(Mono.never());
    }

    /**
     * Calls processing and subscribes to its publisher in one task on the scheduler for callbacks. The task ends when
     * the call returns. {@code subscribeOn} on the publisher itself would occupy a worker until processing ends.
     */
    private Mono<Boolean> attempt(Fetched change, BiFunction<? super T, Delivery, ? extends Publisher<?>> processing) {
        Duration timeout = options.processingTimeout();
        return Mono.fromCallable(() -> change)
                .subscribeOn(callbacks)
                .flatMap(delivered -> CallbackSubscriber.<Object>materialize(
                        () -> processing.apply(delivered.value, new Delivery(delivered.redelivered()))))
                .timeout(timeout, Mono.fromSupplier(() -> Signal.error(timedOut(timeout))), clock.scheduler())
                .flatMap(end -> {
                    @Nullable Throwable error = end.getThrowable();
                    return error == null ? Mono.just(true) : Mono.error(error);
                });
    }

    private static TimeoutException timedOut(Duration timeout) {
        return new TimeoutException("Processing took longer than " + timeout + ", see processingTimeout.");
    }

    private Mono<Boolean> afterFailedProcessing(Fetched change, Throwable error) {
        reporter.report(new PollEvent.ProcessingFailed(queue.name(), change.jobId, CallbackSubscriber.unwrap(error)));
        return switch (options.processingFailure.then()) {
            case LEAVE_FOR_LATER -> Mono.empty();
            case CONFIRM_ANYWAY -> Mono.just(true);
            case END_STREAM -> Mono.error(error);
        };
    }

    private Retry retryPoll() {
        return Retry.from(faults -> faults.concatMap(fault -> {
            Duration wait = options.backoff.after(fault.totalRetries());
            if (!Backoff.isTransient(fault.failure())) {
                return Mono.<Boolean>error(fault.failure());
            }
            reporter.report(new BackingOff(queue.name(), null, fault.failure(), wait));
            return stop.orAfter(wait, clock).thenReturn(true);
        }));
    }

    private Retry retryConfirmation(long jobId, long until) {
        return Retry.from(faults -> faults.concatMap(fault -> {
            Duration wait = options.backoff.after(fault.totalRetries());
            boolean tooLate = clock.nanos() + wait.toNanos() - until > 0;
            if (tooLate || !Backoff.isTransient(fault.failure())) {
                return Mono.<Long>error(fault.failure());
            }
            reporter.report(new BackingOff(queue.name(), jobId, fault.failure(), wait));
            return Mono.delay(wait, clock.scheduler());
        }));
    }

    /** A change that has been fetched, and that the service hides from other pollers for a while. */
    private final class Fetched implements Unconfirmed<T> {

        private final T value;
        private final long jobId;
        private final Object identity;
        private final Object delivery = new Object();
        private final long got;

        Fetched(T value, long got) {
            this.value = value;
            this.jobId = value.signatureJobId();
            this.identity = value.identity();
            this.got = got;
        }

        /** Returns the remaining time until the service offers the change again. */
        Duration untilOffered() {
            return Duration.ofNanos(Math.max(0, got + options.hidingTime.toNanos() - clock.nanos()));
        }

        @Override
        public T value() {
            return value;
        }

        @Override
        public boolean redelivered() {
            return redeliveries.isRedelivery(identity, delivery);
        }

        @Override
        public Mono<Void> confirm() {
            return Mono.defer(() -> {
                redeliveries.processed(identity, delivery);
                return send().onErrorResume(
                                error -> !Backoff.isTransient(error) && !Backoff.isLossOfAccess(error),
                                error -> Mono.empty());
            });
        }

        /** Sends the confirmation, with retries after transient errors, and reports the outcome. */
        Mono<Void> send() {
            return Mono.defer(() -> queue.confirm(value))
                    .retryWhen(retryConfirmation(jobId, got + options.confirmWithin.toNanos()))
                    .doOnSuccess(nothing -> {
                        redeliveries.confirmed(identity);
                        reporter.report(new PollEvent.Confirmed(queue.name(), jobId));
                    })
                    .doOnError(error -> reporter.report(new PollEvent.ConfirmationFailed(queue.name(), jobId, error)));
        }
    }
}
