package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.UntrustedServerException;
import io.github.signaturereactive.poll.Polled.Outcome;
import io.github.signaturereactive.poll.TestQueue.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

class StatusChangesTest {

    private static final Change A1 = new Change(1, 1);
    private static final Change A2 = new Change(1, 2);
    private static final Change B1 = new Change(2, 1);
    private static final Change C1 = new Change(3, 1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(time);
    private final List<PollEvent> events = new ArrayList<>();
    private TestQueue queue = new TestQueue(time, Duration.ZERO);

    @AfterEach
    void noPollEverCameTooEarly() {
        assertThat(queue.earlyPolls).isZero();
    }

    private StatusChanges<Change> changes() {
        return new StatusChanges<>(queue, PollPermits.inMemory(time))
                .scheduler(timers)
                .listener(events::add);
    }

    private static <T> TestSubscriber<T> subscribe(Flux<T> flux, long request) {
        TestSubscriber<T> subscriber =
                TestSubscriber.builder().initialRequest(request).build();
        flux.subscribe(subscriber);
        return subscriber;
    }

    /** For those whose signals do not matter. */
    private static void start(Flux<?> flux, long request) {
        var unused = subscribe(flux, request);
    }

    private void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    // P1

    @Test
    void aChangeIsConfirmedOnlyAfterItsProcessingAndEmittedOnlyAfterItsConfirmation() {
        queue.offer(A1);
        TestPublisher<String> processing = TestPublisher.create();
        var subscriber = subscribe(changes().confirmAfter(change -> processing), 1);
        assertThat(queue.outstanding()).isOne();

        processing.next("what processing emits does not matter");
        assertThat(queue.confirmed).isEmpty();
        assertThat(subscriber.getReceivedOnNext()).isEmpty();

        queue.nextConfirmations.add(new ServiceUnreachableException("cut", true, true, null));
        processing.complete();
        assertThat(queue.confirmed).isEmpty();
        assertThat(subscriber.getReceivedOnNext()).isEmpty();

        pass(Duration.ofSeconds(2));
        assertThat(queue.confirmed).containsExactly(A1);
        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
    }

    @Test
    void whatIsReceivedIsConfirmedOnlyByItsReceiver() {
        queue.offer(A1, B1);
        var subscriber = subscribe(changes().receive(), 2);
        pass(Duration.ofSeconds(2));
        List<Unconfirmed<Change>> received = subscriber.getReceivedOnNext();
        assertThat(received).extracting(Unconfirmed::value).containsExactly(A1, B1);
        assertThat(queue.confirmed).isEmpty();

        start(received.get(1).confirm().flux(), 1);

        assertThat(queue.confirmed).containsExactly(B1);
    }

    // P2

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1H", "PT-1H"})
    void anEmptyQueueIsPolledAgainWhenPermittedAndSoonAfterWhateverTheClocksSay(Duration skew) {
        queue = new TestQueue(time, skew);
        start(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(TestQueue.INTERVAL.multipliedBy(3).plusSeconds(10));

        assertThat(queue.polls).hasSize(4);
        assertThat(queue.polls.get(1)).isBetween(TestQueue.INTERVAL, TestQueue.INTERVAL.plusSeconds(1));
    }

    @Test
    void queueIsPolledAtOnceAfterAChangeIfTheServicesTimeIsKnown() {
        IntStream.range(0, 100).forEach(job -> queue.offer(new Change(job, 1)));
        queue.latency = Duration.ofMillis(5);
        queue.precision = ChronoUnit.MICROS;

        start(changes().confirmAfter(change -> Mono.empty()), Long.MAX_VALUE);
        pass(Duration.ofMillis(5 * 100));

        assertThat(queue.confirmed).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({"CHANGE, PT0S, 2", "CHANGE, PT-1H, 2", "CHANGE, PT0.001S, 1", "EMPTY, PT-1H, 1", "TOO_EARLY, PT-1H, 1"})
    void withoutDateTheOwnClockTellsWhetherToPollAtOnce(Outcome outcome, Duration ahead, int polls) {
        pass(Duration.ofDays(20_000));
        Instant permitted =
                Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)).plus(ahead);
        queue.nextPolls.add(
                () -> Mono.just(new Polled<>(outcome, outcome == Outcome.CHANGE ? A1 : null, null, null, permitted)));
        start(changes().defaultWait(Duration.ofSeconds(77)).confirmAfter(change -> Mono.empty()), Long.MAX_VALUE);

        assertThat(queue.polls).hasSize(polls);
        pass(Duration.ofSeconds(77));
        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void withoutAReadableTimeTheDefaultWaitIsKept() {
        queue.nextPolls.add(() -> Mono.just(Polled.nothing(Outcome.EMPTY, queue.date(), null)));
        queue.nextPolls.add(() -> Mono.just(Polled.nothing(Outcome.EMPTY, null, queue.date())));
        queue.nextPolls.add(() -> Mono.just(Polled.nothing(Outcome.TOO_EARLY, null, null)));
        start(changes().defaultWait(Duration.ofSeconds(77)).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(77 * 3));

        assertThat(queue.polls)
                .containsExactly(
                        Duration.ZERO, Duration.ofSeconds(77), Duration.ofSeconds(154), Duration.ofSeconds(231));
    }

    @Test
    void theWaitIsReadAnewFromEachAnswer() {
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Outcome.EMPTY, queue.date(), queue.date().plusSeconds(7))));
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Outcome.EMPTY, queue.date(), queue.date().plusSeconds(3))));
        start(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(12));

        assertThat(queue.polls).hasSize(3);
        assertThat(queue.polls.get(1)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        assertThat(queue.polls.get(2).minus(queue.polls.get(1)))
                .isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    }

    @Test
    void jitterComesOnTopOfThePermittedTime() {
        start(changes().jitter(Duration.ofMinutes(1)).confirmAfter(change -> Mono.empty()), 1);

        pass(TestQueue.INTERVAL.plusMinutes(1).plusSeconds(1));

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void instancesThatShareTheirPermitsPollInTurnsAndNeverTooEarly() {
        PollPermits shared = PollPermits.inMemory(time);
        var one = changes().permits(shared);
        var other = changes().permits(shared);
        start(one.confirmAfter(change -> Mono.empty()), 1);
        start(other.confirmAfter(change -> Mono.empty()), 1);

        pass(TestQueue.INTERVAL.multipliedBy(10).plusSeconds(30));

        assertThat(queue.polls).hasSize(11);
    }

    @Test
    void ofTwoInstancesThatWakeAtTheSameInstantOnePollsAndTheOtherWaitsForItsAnswer() {
        PollPermits shared = PollPermits.inMemory(time);
        Sinks.One<Polled<Change>> answer = Sinks.one();
        queue.nextPolls.add(answer::asMono);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(2));
        assertThat(queue.polls).hasSize(1);
        answer.tryEmitValue(Polled.nothing(
                        Polled.Outcome.EMPTY, queue.date(), queue.date().plus(TestQueue.INTERVAL)))
                .orThrow();
        pass(TestQueue.INTERVAL.minusSeconds(1));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofSeconds(2));

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void anInstanceWhosePollTakesLongIsWaitedForThreeSecondsOnly() {
        PollPermits shared = PollPermits.inMemory(time);
        queue.nextPolls.add(Mono::never);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(2));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofSeconds(2));

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void aPollThatWasCancelledLetsAnotherInstancePoll() {
        PollPermits shared = PollPermits.inMemory(time);
        queue.nextPolls.add(Mono::never);
        subscribe(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1)
                .cancel();

        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void aPollThatFailedLateLeavesAloneWhatAnotherInstanceHasLearntMeanwhile() {
        PollPermits shared = PollPermits.inMemory(time);
        queue.nextPolls.add(() -> Mono.delay(Duration.ofSeconds(5), time)
                .then(Mono.error(new ServiceUnreachableException("broken", true, true, null))));
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofMinutes(5));

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void aPollThatFailedLetsAnotherInstancePoll() {
        PollPermits shared = PollPermits.inMemory(time);
        queue.nextPolls.add(() -> Mono.error(new ServiceUnreachableException("broken", true, true, null)));
        start(
                changes()
                        .permits(shared)
                        .backoff(Duration.ofMinutes(5), Duration.ofMinutes(5))
                        .confirmAfter(change -> Mono.empty()),
                1);
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void permitsThatCannotBeSharedAreReportedAndTheOwnOnesKept() {
        PollPermits broken = new PollPermits() {
            @Override
            public Mono<Duration> acquire(String queue) {
                return Mono.error(new IllegalStateException("no Redis"));
            }

            @Override
            public Mono<Void> notBefore(String queue, Duration wait) {
                return Mono.error(new IllegalStateException("no Redis"));
            }
        };
        start(changes().permits(broken).confirmAfter(change -> Mono.empty()), 1);

        pass(TestQueue.INTERVAL.plusSeconds(1));

        assertThat(queue.polls).hasSize(2);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.PermitsUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z"})
    void aTimeThatIsNoTimeIsAsGoodAsNone(Instant never) {
        queue.nextPolls.add(() -> Mono.just(Polled.change(A1, queue.date(), never)));
        queue.nextPolls.add(() -> Mono.just(Polled.change(B1, never, queue.date())));
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 2);

        pass(Duration.ofMinutes(1));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1, B1);
    }

    private List<PollEvent.WaitCapped> cappedWaits() {
        return events.stream()
                .filter(PollEvent.WaitCapped.class::isInstance)
                .map(PollEvent.WaitCapped.class::cast)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"CHANGE", "EMPTY", "TOO_EARLY", "UNREADABLE"})
    void permittedTimeFarAheadIsWaitedForOneHourAndReported(Outcome outcome) {
        Change change = outcome == Outcome.CHANGE ? A1 : null;
        Throwable error = outcome == Outcome.UNREADABLE ? new IllegalStateException("unreadable") : null;
        queue.nextPolls.add(() -> Mono.just(
                new Polled<>(outcome, change, error, queue.date(), queue.date().plus(Duration.ofDays(2000)))));
        start(changes().confirmAfter(any -> Mono.empty()), Long.MAX_VALUE);

        pass(Duration.ofMinutes(59));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofMinutes(1));

        assertThat(queue.polls).hasSize(2);
        assertThat(cappedWaits()).singleElement().satisfies(capped -> {
            assertThat(capped.requested()).isBetween(Duration.ofDays(2000), Duration.ofDays(2001));
            assertThat(capped.pause()).isEqualTo(Duration.ofHours(1));
        });
    }

    @Test
    void dateFarInThePastDoesNotStopPolling() {
        queue.nextPolls.add(() ->
                Mono.just(Polled.nothing(Outcome.EMPTY, queue.date().minus(Duration.ofDays(2000)), queue.date())));
        start(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofHours(1));

        assertThat(queue.polls).hasSize(2);
        assertThat(cappedWaits()).hasSize(1);
    }

    @Test
    void longestWaitCanBeSet() {
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Outcome.EMPTY, queue.date(), queue.date().plusSeconds(500))));
        start(changes().maxWait(Duration.ofSeconds(400)).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(399));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofSeconds(1));

        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void otherInstancesAreToldTheCappedWait() {
        PollPermits shared = PollPermits.inMemory(time);
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Outcome.EMPTY, queue.date(), queue.date().plus(Duration.ofDays(2000)))));
        start(changes().permits(shared).confirmAfter(change -> Mono.empty()), 1);
        List<Duration> waits = new ArrayList<>();

        start(shared.acquire("test").doOnNext(waits::add).flux(), 1);

        assertThat(waits).containsExactly(Duration.ofHours(1));
    }

    @Test
    void permitsThatAreFarAheadAreWaitedForOneHourAndReported() {
        PollPermits wrong = new PollPermits() {
            @Override
            public Mono<Duration> acquire(String queue) {
                return Mono.just(Duration.ofSeconds(Long.MAX_VALUE));
            }

            @Override
            public Mono<Void> notBefore(String queue, Duration wait) {
                return Mono.empty();
            }
        };
        start(changes().permits(wrong).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofMinutes(59));
        assertThat(queue.polls).isEmpty();
        pass(Duration.ofMinutes(2));

        assertThat(queue.polls).hasSize(1);
        assertThat(cappedWaits())
                .hasSizeGreaterThanOrEqualTo(1)
                .allSatisfy(capped -> assertThat(capped.requested()).isEqualTo(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void anEmptyQueueThatMayBePolledNowIsNotPolledWithoutEnd() {
        for (int i = 0; i < 10; i++) {
            queue.nextPolls.add(() -> Mono.just(Polled.nothing(Outcome.EMPTY, queue.date(), queue.date())));
        }
        start(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofMinutes(2));

        assertThat(queue.polls).hasSize(3);
    }

    @Test
    void permitsThatHangHoldNoChangeBack() {
        queue.offer(A1);
        PollPermits hanging = new PollPermits() {
            @Override
            public Mono<Duration> acquire(String queue) {
                return Mono.never();
            }

            @Override
            public Mono<Void> notBefore(String queue, Duration wait) {
                return Mono.never();
            }
        };
        var subscriber = subscribe(changes().permits(hanging).confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
    }

    // P3

    @Test
    void pollingTooEarlyIsNoErrorButWaitsForTheTimeItIsGiven() {
        queue.nextPolls.add(() -> Mono.just(
                Polled.nothing(Outcome.TOO_EARLY, queue.date(), queue.date().plusSeconds(42))));
        queue.offer(A1);
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(41));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofSeconds(2));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.TooEarly.class);
    }

    @Test
    void theRateLimiterIsWaitedOut() {
        queue.nextPolls.add(() -> Mono.just(Polled.nothing(Outcome.RATE_LIMITED, null, null)));
        queue.offer(A1);
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofMillis(29_999));
        assertThat(queue.polls).hasSize(1);
        pass(Duration.ofMillis(1));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
    }

    // P4

    @Test
    void withoutDemandThereIsNoPoll() {
        queue.offer(A1);
        var processed = subscribe(changes().concurrency(8).confirmAfter(change -> Mono.empty()), 0);
        var received = subscribe(changes().receive(), 0);

        pass(Duration.ofHours(1));

        assertThat(queue.polls).isEmpty();
        processed.cancel();
        received.cancel();
    }

    @Test
    void noMoreChangesAreFetchedThanAreAskedFor() {
        IntStream.range(0, 20).forEach(job -> queue.offer(new Change(job, 1)));
        List<TestPublisher<Void>> processing = new ArrayList<>();
        var subscriber = subscribe(changes().concurrency(8).confirmAfter(change -> next(processing)), 3);

        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(3);

        processing.get(1).complete();
        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(2);
        assertThat(queue.polls).hasSize(3);

        subscriber.request(2);
        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(4);
    }

    @Test
    void noMoreChangesAreInFlightThanTheConcurrencyAllows() {
        IntStream.range(0, 20).forEach(job -> queue.offer(new Change(job, 1)));
        List<TestPublisher<Void>> processing = new ArrayList<>();
        start(changes().concurrency(4).confirmAfter(change -> next(processing)), Long.MAX_VALUE);

        pass(Duration.ofSeconds(20));
        assertThat(queue.outstanding()).isEqualTo(4);

        processing.get(3).complete();
        pass(Duration.ofSeconds(20));
        assertThat(queue.outstanding()).isEqualTo(4);
        assertThat(queue.confirmed).hasSize(1);
    }

    @Test
    void byDefaultOneChangeIsProcessedAtATime() {
        queue.offer(A1, B1);
        List<TestPublisher<Void>> processing = new ArrayList<>();
        start(changes().confirmAfter(change -> next(processing)), Long.MAX_VALUE);

        pass(Duration.ofSeconds(20));

        assertThat(queue.outstanding()).isOne();
    }

    @Test
    void oneChangeIsReceivedForEachThatIsAskedFor() {
        IntStream.range(0, 20).forEach(job -> queue.offer(new Change(job, 1)));
        var subscriber = subscribe(changes().receive(), 2);
        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(2);

        subscriber.request(1);
        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(3);
    }

    @Test
    void aFailedProcessingDoesNotUseUpDemand() {
        queue.offer(A1, B1);
        var subscriber = subscribe(
                changes()
                        .confirmAfter(
                                change -> change.equals(A1) ? Mono.error(new IllegalStateException()) : Mono.empty()),
                1);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(queue.polls).hasSize(2);
    }

    // P5

    @Test
    void aChangeWhoseProcessingFailsIsReportedAndComesAgainWhileTheStreamGoesOn() {
        queue.offer(A1, B1);
        var failures = new ArrayList<>(List.of(new IllegalStateException("first time")));
        var subscriber = subscribe(
                changes()
                        .confirmAfter(change -> change.equals(A1) && !failures.isEmpty()
                                ? Mono.error(failures.remove(0))
                                : Mono.empty()),
                Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));
        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(queue.confirmed).containsExactly(B1);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.ProcessingFailed.class);

        pass(TestQueue.INTERVAL.multipliedBy(2));
        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1, A1);
    }

    @Test
    void processingThatThrowsIsProcessingThatFails() {
        queue.offer(A1, B1);
        Function<Change, Publisher<?>> throwing = change -> {
            if (change.equals(A1)) {
                throw new IllegalStateException("thrown");
            }
            return Mono.empty();
        };
        var subscriber = subscribe(changes().confirmAfter(throwing), Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
    }

    static Stream<Throwable> errors() {
        return Stream.of(
                new NoClassDefFoundError("missing"),
                new StackOverflowError(),
                new OutOfMemoryError("heap"),
                new AssertionError("assertion"),
                Exceptions.bubble(new IllegalStateException("bubbling")),
                Exceptions.errorCallbackNotImplemented(new IllegalStateException("no callback")));
    }

    private static <E extends Throwable> Publisher<?> rethrow(Throwable error) throws E {
        @SuppressWarnings("unchecked")
        E unchecked = (E) error;
        throw unchecked;
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorThrownByTheCallIsFailedProcessing(Throwable error) {
        isFailedProcessing(error, () -> rethrow(error));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorThrownBySubscribingIsFailedProcessing(Throwable error) {
        isFailedProcessing(error, () -> Mono.fromCallable(() -> rethrow(error)));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorThrownAfterTheSubscriptionIsFailedProcessing(Throwable error) {
        isFailedProcessing(error, () -> Flux.just("one", "two").map(any -> rethrow(error)));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorSignalledByThePublisherIsFailedProcessing(Throwable error) {
        isFailedProcessing(error, () -> Flux.concat(Mono.just("one"), Mono.error(error)));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorSignalledLaterIsFailedProcessing(Throwable error) {
        TestPublisher<Void> processing = TestPublisher.create();
        queue.offer(A1);
        start(changes().confirmAfter(change -> processing), Long.MAX_VALUE);

        processing.error(error);

        assertThat(failures()).containsExactly(error);
        assertThat(queue.confirmed).isEmpty();
    }

    private List<Throwable> failures() {
        return events.stream()
                .filter(PollEvent.ProcessingFailed.class::isInstance)
                .map(event -> ((PollEvent.ProcessingFailed) event).error())
                .toList();
    }

    /** Fails the first change, and checks that the second one is processed. */
    private void isFailedProcessing(Throwable error, Supplier<Publisher<?>> failing) {
        queue.offer(A1, B1);
        var subscriber = subscribe(
                changes().confirmAfter(change -> change.equals(A1) ? failing.get() : Mono.empty()), Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(subscriber.isTerminatedOrCancelled()).isFalse();
        assertThat(failures()).containsExactly(error);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void processingIsRepeatedAfterAnError(Throwable error) {
        queue.offer(A1);
        var attempts = new AtomicInteger();
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.retry(Retry.max(2)))
                        .confirmAfter(change -> attempts.incrementAndGet() < 3 ? rethrow(error) : Mono.empty()),
                Long.MAX_VALUE);

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(failures()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void exhaustedRetriesAfterAnErrorLeaveTheChange(Throwable error) {
        queue.offer(A1, B1);
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.retry(
                                Retry.backoff(1, Duration.ofMillis(1)).scheduler(timers)))
                        .confirmAfter(change -> change.equals(A1) ? rethrow(error) : Mono.empty()),
                Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(Exceptions.isRetryExhausted(failure)).isTrue());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorEndsTheStreamIfSoConfigured(Throwable error) {
        queue.offer(A1);
        var subscriber = subscribe(
                changes().onProcessingFailure(ProcessingFailure.endStream()).confirmAfter(change -> rethrow(error)),
                Long.MAX_VALUE);

        Throwable end = subscriber.expectTerminalError();
        assertThat(Exceptions.isFatal(end)).isFalse();
        assertThat(end.equals(error) || error.equals(end.getCause())).isTrue();
        assertThat(failures()).containsExactly(error);
    }

    @Test
    void nullInsteadOfAPublisherIsFailedProcessing() {
        queue.offer(A1, B1);
        var subscriber =
                subscribe(changes().confirmAfter(change -> change.equals(A1) ? null : Mono.empty()), Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(failures()).singleElement().isInstanceOf(NullPointerException.class);
    }

    @Test
    void processingThatNeverEndsTimesOutAndFreesItsSlot() {
        queue.offer(A1, B1);
        TestPublisher<Void> endless = TestPublisher.create();
        var subscriber =
                subscribe(changes().confirmAfter(change -> change.equals(A1) ? endless : Mono.empty()), Long.MAX_VALUE);

        pass(Duration.ofSeconds(569));
        endless.assertNotCancelled();
        pass(Duration.ofSeconds(2));

        endless.assertCancelled();
        assertThat(failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .isInstanceOf(TimeoutException.class)
                        .hasMessage("Processing took longer than PT9M30S, see processingTimeout."));
        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
    }

    @Test
    void processingTimeoutFollowsConfirmWithinUnlessSet() {
        queue.offer(A1);
        start(changes().confirmWithin(Duration.ofSeconds(20)).confirmAfter(change -> Mono.never()), 1);

        pass(Duration.ofSeconds(19));
        assertThat(failures()).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(failures()).hasSize(1);
    }

    @Test
    void processingTimeoutMayDifferFromConfirmWithin() {
        queue.offer(A1);
        start(
                changes()
                        .processingTimeout(Duration.ofSeconds(30))
                        .confirmWithin(Duration.ofSeconds(20))
                        .confirmAfter(change -> Mono.never()),
                1);

        pass(Duration.ofSeconds(29));
        assertThat(failures()).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(failures()).hasSize(1);
    }

    @Test
    void processingTimeoutHoldsForEachAttempt() {
        queue.offer(A1);
        var attempts = new AtomicInteger();
        var subscriber = subscribe(
                changes()
                        .processingTimeout(Duration.ofSeconds(30))
                        .onProcessingFailure(ProcessingFailure.retry(Retry.max(2)))
                        .confirmAfter(change -> attempts.incrementAndGet() < 3 ? Mono.never() : Mono.empty()),
                Long.MAX_VALUE);

        pass(Duration.ofSeconds(61));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(failures()).isEmpty();
    }

    @Test
    void failedProcessingCanBeTriedAgain() {
        queue.offer(A1);
        List<TestPublisher<Void>> processing = new ArrayList<>();
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.retry(Retry.max(2)))
                        .confirmAfter(change -> Mono.defer(() -> Mono.from(next(processing)))),
                Long.MAX_VALUE);

        processing.get(0).error(new IllegalStateException("one"));
        processing.get(1).error(new IllegalStateException("two"));
        processing.get(2).complete();

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(events).doesNotHaveAnyElementsOfTypes(PollEvent.ProcessingFailed.class);
    }

    @Test
    void whenTryingAgainIsExhaustedTheChangeIsLeftForLater() {
        queue.offer(A1);
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.retry(Retry.max(2)))
                        .confirmAfter(change -> Mono.error(new IllegalStateException("always"))),
                Long.MAX_VALUE);

        assertThat(subscriber.getReceivedOnNext()).isEmpty();
        assertThat(subscriber.isTerminatedOrCancelled()).isFalse();
        assertThat(queue.confirmed).isEmpty();
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.ProcessingFailed.class);
    }

    @Test
    void aChangeCanBeConfirmedAlthoughItsProcessingFailed() {
        queue.offer(A1);
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.confirmAnyway())
                        .confirmAfter(change -> Mono.error(new IllegalStateException("never mind"))),
                Long.MAX_VALUE);

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(queue.confirmed).containsExactly(A1);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.ProcessingFailed.class);
    }

    @Test
    void failedProcessingCanEndTheStream() {
        queue.offer(A1);
        var failure = new IllegalStateException("the end");
        var subscriber = subscribe(
                changes()
                        .onProcessingFailure(ProcessingFailure.endStream())
                        .confirmAfter(change -> Mono.error(failure)),
                Long.MAX_VALUE);

        assertThat(subscriber.expectTerminalError()).isSameAs(failure);
        assertThat(queue.confirmed).isEmpty();
        pass(Duration.ofHours(1));
        assertThat(queue.polls).hasSize(1);
    }

    // P6

    static Stream<SignatureException> healingFaults() {
        return Stream.of(
                new ServiceUnreachableException("reset", true, true, null),
                new ServiceUnreachableException("refused", false, true, null),
                new PrivateKeyException("the token was removed", null),
                new UnexpectedResponseException(new Failure("GET /", true, 500, null, null), null),
                new UnexpectedResponseException(new Failure("GET /", true, 503, null, null), null),
                new UnexpectedResponseException(new Failure("GET /", true, 429, null, null), null));
    }

    static Stream<SignatureException> lastingFaults() {
        return Stream.concat(accessRefusals(), confirmationRefusals());
    }

    static Stream<SignatureException> accessRefusals() {
        return Stream.of(
                new UntrustedServerException(UntrustedServerException.Reason.EXPIRED, "expired", null),
                new CertificateRejectedException("rejected", null),
                new ClientClosedException("GET /"),
                new AccessTokenException(new Failure("POST /oauth2/token", true, 401, "invalid_client", null), null),
                response(400, "BROKER_NOT_AUTHORIZED"),
                response(400, "NOT_AUTHORIZED"),
                response(401, null),
                response(403, null));
    }

    static Stream<SignatureException> confirmationRefusals() {
        return Stream.of(
                response(302, null),
                response(400, null),
                response(404, null),
                response(409, null),
                response(410, null),
                new PreconditionException(PreconditionException.Reason.FOREIGN_URL, "https://elsewhere.example"));
    }

    private static SignatureException response(int status, String code) {
        return new UnexpectedResponseException(new Failure("GET /", true, status, code, null), null);
    }

    @ParameterizedTest
    @MethodSource("healingFaults")
    void pollingBacksOffFromFaultsThatCanHealLongerEachTimeAndGoesOn(SignatureException fault) {
        IntStream.range(0, 6).forEach(i -> queue.nextPolls.add(() -> Mono.error(fault)));
        queue.offer(A1);
        var subscriber = subscribe(
                changes().backoff(Duration.ofSeconds(1), Duration.ofSeconds(8)).confirmAfter(change -> Mono.empty()),
                1);

        pass(Duration.ofMinutes(1));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(queue.polls).hasSize(7);
        int[] least = {1, 2, 4, 8, 8, 8};
        for (int i = 0; i < least.length; i++) {
            Duration wait = queue.polls.get(i + 1).minus(queue.polls.get(i));
            assertThat(wait).isBetween(Duration.ofSeconds(least[i]), Duration.ofMillis(least[i] * 1500L));
        }
        assertThat(events.stream().filter(PollEvent.BackingOff.class::isInstance))
                .hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void whatCannotHealByWaitingEndsTheStream(SignatureException fault) {
        queue.nextPolls.add(() -> Mono.error(fault));

        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        assertThat(subscriber.expectTerminalError()).isSameAs(fault);
    }

    @ParameterizedTest
    @MethodSource("accessRefusals")
    void confirmationWithoutAccessEndsTheStream(SignatureException fault) {
        queue.offer(A1);
        queue.nextConfirmations.add(fault);

        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        assertThat(subscriber.expectTerminalError()).isSameAs(fault);
        assertThat(subscriber.getReceivedOnNext()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("confirmationRefusals")
    void refusedConfirmationLeavesTheChangeAndTheStreamGoesOn(SignatureException refusal) {
        queue.offer(A1, B1);
        queue.nextConfirmations.add(refusal);
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(events).contains(new PollEvent.ConfirmationFailed("test", 1, refusal));
    }

    @ParameterizedTest
    @MethodSource("confirmationRefusals")
    void refusedConfirmationOfAReceivedChangeCompletes(SignatureException refusal) {
        queue.offer(A1, B1);
        queue.nextConfirmations.add(refusal);
        var subscriber = subscribe(
                changes().receive().concatMap(change -> change.confirm().thenReturn(change.value()), 0), 2);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1, B1);
        assertThat(events).contains(new PollEvent.ConfirmationFailed("test", 1, refusal));
    }

    @ParameterizedTest
    @MethodSource("accessRefusals")
    void confirmationOfAReceivedChangeFailsWithoutAccess(SignatureException fault) {
        queue.offer(A1);
        queue.nextConfirmations.add(fault);

        var subscriber = subscribe(changes().receive().concatMap(Unconfirmed::confirm, 0), 1);

        assertThat(subscriber.expectTerminalError()).isSameAs(fault);
    }

    @Test
    void confirmationOfAReceivedChangeFailsIfTheServiceIsDownForTooLong() {
        queue.offer(A1);
        IntStream.range(0, 1000)
                .forEach(i -> queue.nextConfirmations.add(new ServiceUnreachableException("down", true, true, null)));
        var subscriber = subscribe(changes().receive().concatMap(Unconfirmed::confirm, 0), 1);

        pass(Duration.ofMinutes(10));

        assertThat(subscriber.expectTerminalError()).isInstanceOf(ServiceUnreachableException.class);
    }

    @ParameterizedTest
    @MethodSource("healingFaults")
    void aConfirmationIsTriedAgainUntilItSucceeds(SignatureException fault) {
        queue.offer(A1);
        IntStream.range(0, 5).forEach(i -> queue.nextConfirmations.add(fault));
        var processed = new ArrayList<Change>();
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.fromRunnable(() -> processed.add(change))), 1);

        pass(Duration.ofMinutes(2));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(processed).containsExactly(A1);
    }

    @Test
    void aConfirmationThatFailsForTooLongIsReportedAndTheChangeIsKnownWhenItComesAgain() {
        queue.offer(A1);
        IntStream.range(0, 1000)
                .forEach(i -> queue.nextConfirmations.add(new ServiceUnreachableException("down", true, true, null)));
        var deliveries = new ArrayList<Delivery>();
        var subscriber = subscribe(
                changes()
                        .backoff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                        .confirmAfter((change, delivery) -> Mono.fromRunnable(() -> deliveries.add(delivery))),
                Long.MAX_VALUE);

        pass(Duration.ofMinutes(10));
        assertThat(subscriber.getReceivedOnNext()).isEmpty();
        assertThat(subscriber.isTerminatedOrCancelled()).isFalse();
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.ConfirmationFailed.class);

        queue.nextConfirmations.clear();
        pass(Duration.ofMinutes(21));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(deliveries).extracting(Delivery::redelivered).containsExactly(false, true);
    }

    @Test
    void aRefusalOfAConfirmationThatMayHaveArrivedBeforeIsReportedAndTheStreamGoesOn() {
        queue.offer(A1, B1);
        queue.nextConfirmations.add(new ServiceUnreachableException("answer lost", true, true, null));
        queue.nextConfirmations.add(
                new UnexpectedResponseException(new Failure("POST /", true, 404, null, null), null));
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.ConfirmationFailed.class);
    }

    @Test
    void anotherChangeOfTheJobIsNotTakenForTheOneThatCouldNotBeConfirmed() {
        queue.offer(A1, A2);
        queue.nextConfirmations.add(new ServiceUnreachableException("answer lost", true, true, null));
        queue.nextConfirmations.add(
                new UnexpectedResponseException(new Failure("POST /", true, 404, null, null), null));
        var deliveries = new ArrayList<Delivery>();
        start(
                changes().confirmAfter((change, delivery) -> Mono.fromRunnable(() -> deliveries.add(delivery))),
                Long.MAX_VALUE);

        pass(Duration.ofMinutes(30));

        assertThat(deliveries).extracting(Delivery::redelivered).containsExactly(false, false, true);
    }

    @Test
    void redeliveredIsDeterminedWhenProcessingBegins() {
        Change blocker = new Change(1, 9);
        var offered = new ArrayList<>(List.of(blocker, A1, A1));
        offered.forEach(
                change -> queue.nextPolls.add(() -> Mono.just(Polled.change(change, queue.date(), queue.date()))));
        StatusChanges<Change> changes = changes();
        TestPublisher<Void> blocking = TestPublisher.create();
        var deliveries = new ArrayList<Delivery>();
        start(
                changes.concurrency(2).confirmAfter((change, delivery) -> {
                    if (change.equals(A1)) {
                        deliveries.add(delivery);
                    }
                    return change.equals(blocker) ? blocking : Mono.empty();
                }),
                2);
        pass(Duration.ofSeconds(5));
        assertThat(queue.polls).hasSize(2);

        queue.nextConfirmations.add(response(404, null));
        start(changes.confirmAfter(change -> Mono.empty()), 1);
        assertThat(deliveries).isEmpty();
        blocking.complete();

        assertThat(deliveries).extracting(Delivery::redelivered).containsExactly(true);
    }

    @Test
    void receivedChangeIsRedeliveredIfAnotherDeliveryWasConfirmedInVain() {
        queue.nextPolls.add(() -> Mono.just(Polled.change(A1, queue.date(), queue.date())));
        queue.nextPolls.add(() -> Mono.just(Polled.change(A1, queue.date(), queue.date())));
        var subscriber = subscribe(changes().receive(), 2);
        pass(Duration.ofSeconds(5));
        Unconfirmed<Change> first = subscriber.getReceivedOnNext().get(0);
        Unconfirmed<Change> second = subscriber.getReceivedOnNext().get(1);
        assertThat(second.redelivered()).isFalse();

        queue.nextConfirmations.add(response(404, null));
        start(first.confirm().flux(), 1);

        assertThat(first.redelivered()).isFalse();
        assertThat(second.redelivered()).isTrue();
    }

    @Test
    void aChangeThatIsToBeConfirmedAlthoughItsProcessingFailedIsNotTakenForProcessed() {
        queue.offer(A1);
        queue.nextConfirmations.add(new ServiceUnreachableException("answer lost", true, true, null));
        queue.nextConfirmations.add(
                new UnexpectedResponseException(new Failure("POST /", true, 404, null, null), null));
        var deliveries = new ArrayList<Delivery>();
        start(
                changes().onProcessingFailure(ProcessingFailure.confirmAnyway()).confirmAfter((change, delivery) -> {
                    deliveries.add(delivery);
                    return Mono.error(new IllegalStateException("failed"));
                }),
                Long.MAX_VALUE);

        pass(Duration.ofMinutes(30));

        assertThat(deliveries).extracting(Delivery::redelivered).containsExactly(false, false);
    }

    @Test
    void anAnswerThatCannotBeReadIsReportedAndTheStreamGoesOn() {
        var unreadable = new IllegalStateException("unreadable");
        queue.nextPolls.add(() -> Mono.just(Polled.unreadable(unreadable, queue.date(), queue.date())));
        queue.nextPolls.add(() -> Mono.just(Polled.unreadable(unreadable, null, null)));
        queue.offer(A1);
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);

        pass(Duration.ofMinutes(3));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(events.stream().filter(PollEvent.Unreadable.class::isInstance))
                .hasSize(2);
    }

    // P7

    @Test
    void changesOfOneJobAreProcessedInTheirOrderAndJobsInParallel() {
        queue.offer(A1, A2, B1, C1);
        List<Change> begun = new ArrayList<>();
        List<TestPublisher<Void>> processing = new ArrayList<>();
        start(
                changes().concurrency(3).confirmAfter(change -> {
                    begun.add(change);
                    return next(processing);
                }),
                Long.MAX_VALUE);
        pass(Duration.ofSeconds(10));
        assertThat(begun).containsExactly(A1, B1);
        assertThat(queue.outstanding()).isEqualTo(3);

        processing.get(1).complete();
        pass(Duration.ofSeconds(10));
        assertThat(begun).containsExactly(A1, B1, C1);

        processing.get(0).complete();
        pass(Duration.ofSeconds(10));
        assertThat(begun).containsExactly(A1, B1, C1, A2);
        assertThat(queue.confirmed).containsExactly(B1, A1);
    }

    @Test
    void aFailedChangeLetsTheNextOfItsJobHaveItsTurn() {
        queue.offer(A1, A2);
        var subscriber = subscribe(
                changes()
                        .concurrency(2)
                        .confirmAfter(
                                change -> change.equals(A1) ? Mono.error(new IllegalStateException()) : Mono.empty()),
                Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A2);
    }

    @Test
    void redeliveryBehindItsOwnEarlierDeliveryGivesUpItsPlace() {
        queue.offer(A1);
        List<TestPublisher<Void>> processing = new ArrayList<>();
        var subscriber = subscribe(
                changes()
                        .concurrency(2)
                        .processingTimeout(Duration.ofDays(1))
                        .confirmAfter(change -> change.equals(A1) ? next(processing) : Mono.empty()),
                Long.MAX_VALUE);

        pass(TestQueue.HIDING.multipliedBy(5));
        queue.offer(B1);
        pass(TestQueue.INTERVAL.multipliedBy(2));

        assertThat(processing).hasSize(1);
        assertThat(subscriber.getReceivedOnNext()).containsExactly(B1);
        assertThat(events).contains(new PollEvent.StillInFlight("test", 1));
        processing.get(0).complete();
        assertThat(queue.confirmed).containsExactly(B1, A1);
    }

    @Test
    void droppedRedeliveryUsesUpNoDemand() {
        queue.offer(A1);
        List<TestPublisher<Void>> processing = new ArrayList<>();
        start(
                changes().concurrency(3).processingTimeout(Duration.ofDays(1)).confirmAfter(change -> next(processing)),
                2);

        pass(TestQueue.HIDING.multipliedBy(3));
        queue.offer(B1);
        pass(TestQueue.INTERVAL.multipliedBy(2));

        assertThat(processing).hasSize(2);
    }

    @Test
    void changeThatFailedIsProcessedAgainWhenItIsRedelivered() {
        queue.offer(A1);
        var attempts = new AtomicInteger();
        var subscriber = subscribe(
                changes()
                        .concurrency(2)
                        .confirmAfter(change -> attempts.incrementAndGet() < 3
                                ? Mono.error(new IllegalStateException())
                                : Mono.empty()),
                Long.MAX_VALUE);

        pass(TestQueue.HIDING.multipliedBy(5));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1);
        assertThat(events).doesNotHaveAnyElementsOfTypes(PollEvent.StillInFlight.class);
    }

    @Test
    void sameChangeCanBeProcessedAgainAsSoonAsItHasEnded() {
        queue.nextPolls.add(() -> Mono.just(Polled.change(A1, queue.date(), queue.date())));
        queue.nextPolls.add(() -> Mono.just(Polled.change(A1, queue.date(), queue.date())));
        var subscriber = subscribe(changes().concurrency(2).confirmAfter(change -> Mono.empty()), Long.MAX_VALUE);

        pass(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1, A1);
    }

    @Test
    void processingThatOutlivesTheHidingTimeIsReported() {
        queue.offer(A1);
        TestPublisher<Void> processing = TestPublisher.create();
        start(changes().hidingTime(Duration.ofMinutes(2)).confirmAfter(change -> processing), 1);

        pass(Duration.ofSeconds(119));
        assertThat(events).doesNotHaveAnyElementsOfTypes(PollEvent.ProcessingOverdue.class);
        pass(Duration.ofSeconds(10));

        assertThat(events.stream().filter(PollEvent.ProcessingOverdue.class::isInstance))
                .containsExactly(new PollEvent.ProcessingOverdue("test", 1, Duration.ofMinutes(2)));
        processing.complete();
        assertThat(queue.confirmed).containsExactly(A1);
        pass(Duration.ofSeconds(1));
        assertThat(timers.running()).isZero();
    }

    @Test
    void retriesThatOutliveTheHidingTimeAreReported() {
        queue.offer(A1);
        start(
                changes()
                        .onProcessingFailure(ProcessingFailure.retry(
                                Retry.fixedDelay(100, Duration.ofMinutes(1)).scheduler(timers)))
                        .confirmAfter(change -> Mono.error(new IllegalStateException("always"))),
                1);

        pass(Duration.ofMinutes(11));

        assertThat(events).contains(new PollEvent.ProcessingOverdue("test", 1, Duration.ofMinutes(10)));
    }

    // P8

    @Test
    void cancellingStopsPollingAtOnceAndCancelsWhatIsProcessed() {
        queue.offer(A1);
        TestPublisher<Void> processing = TestPublisher.create();
        var subscriber = subscribe(changes().concurrency(2).confirmAfter(change -> processing), 2);
        pass(Duration.ofSeconds(5));
        processing.assertSubscribers(1);
        int polls = queue.polls.size();

        subscriber.cancel();

        processing.assertCancelled();
        pass(Duration.ofHours(1));
        assertThat(queue.polls).hasSize(polls);
        assertThat(queue.confirmed).isEmpty();
        assertThat(timers.running()).isZero();
    }

    @Test
    void cancellingBeginsNoProcessingThatWaitedForItsTurn() {
        queue.offer(A1, A2, new Change(1, 3));
        List<Change> begun = new ArrayList<>();
        var subscriber = subscribe(
                changes().concurrency(3).confirmAfter(change -> {
                    begun.add(change);
                    return change.equals(A1) ? Mono.never() : Mono.empty();
                }),
                Long.MAX_VALUE);
        pass(Duration.ofSeconds(10));
        assertThat(queue.outstanding()).isEqualTo(3);

        subscriber.cancel();

        assertThat(begun).containsExactly(A1);
        assertThat(queue.confirmed).isEmpty();
    }

    @Test
    void cancellingCancelsThePollThatIsUnderWay() {
        queue.latency = Duration.ofSeconds(5);
        var subscriber = subscribe(changes().confirmAfter(change -> Mono.empty()), 1);
        assertThat(queue.pollsUnderWay).isOne();

        subscriber.cancel();

        assertThat(queue.pollsUnderWay).isZero();
        assertThat(queue.cancelledPolls).isOne();
    }

    @Test
    void aGentleStopPollsNoMoreAndCompletesWhenAllIsProcessedAndConfirmed() {
        queue.offer(A1, B1, C1);
        Sinks.Empty<Void> stop = Sinks.empty();
        List<TestPublisher<Void>> processing = new ArrayList<>();
        var subscriber = subscribe(
                changes()
                        .concurrency(2)
                        .stopWhen(stop.asMono(), Duration.ofMinutes(5))
                        .confirmAfter(change -> next(processing)),
                Long.MAX_VALUE);
        pass(Duration.ofSeconds(5));
        assertThat(processing).hasSize(2);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        processing.get(0).complete();
        pass(Duration.ofSeconds(5));
        assertThat(subscriber.isTerminated()).isFalse();
        processing.get(1).complete();

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1, B1);
        assertThat(queue.confirmed).containsExactly(A1, B1);
        assertThat(queue.polls).hasSize(2);
        pass(Duration.ofMinutes(10));
        assertThat(queue.polls).hasSize(2);
    }

    @Test
    void aGentleStopWaitsForThePollThatIsUnderWaySinceItMayBringAChange() {
        queue.offer(A1);
        queue.latency = Duration.ofSeconds(5);
        Sinks.Empty<Void> stop = Sinks.empty();
        var subscriber = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofMinutes(5)).confirmAfter(change -> Mono.empty()),
                Long.MAX_VALUE);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        pass(Duration.ofSeconds(5));

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        assertThat(queue.confirmed).containsExactly(A1);
    }

    @Test
    void aGentleStopEndsTheWaitForThePermittedTime() {
        Sinks.Empty<Void> stop = Sinks.empty();
        var subscriber = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofMinutes(5)).confirmAfter(change -> Mono.empty()), 1);
        pass(Duration.ofSeconds(1));

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void aGentleStopEndsTheWaitForDemandAndForHealing() {
        Sinks.Empty<Void> stop = Sinks.empty();
        queue.nextPolls.add(() -> Mono.error(new ServiceUnreachableException("down", true, true, null)));
        var backingOff = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofMinutes(5)).confirmAfter(change -> Mono.empty()), 1);
        var waiting = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofMinutes(5)).confirmAfter(change -> Mono.empty()), 0);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(backingOff.isTerminatedComplete()).isTrue();
        assertThat(waiting.isTerminatedComplete()).isTrue();
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void gracefulStopCompletesReceiveWithoutDemandAtOnce() {
        Sinks.Empty<Void> stop = Sinks.empty();
        queue.offer(A1, B1);
        var changes = changes().stopWhen(stop.asMono(), Duration.ofMinutes(5));
        var idle = subscribe(changes.receive(), 0);
        var satisfied = subscribe(changes.receive(), 1);
        assertThat(satisfied.getReceivedOnNext()).hasSize(1);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(idle.isTerminatedComplete()).isTrue();
        assertThat(satisfied.isTerminatedComplete()).isTrue();
        assertThat(timers.running()).isZero();
    }

    @Test
    void gracefulStopWaitsForThePollOfReceive() {
        queue.offer(A1);
        queue.latency = Duration.ofSeconds(5);
        Sinks.Empty<Void> stop = Sinks.empty();
        var subscriber = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofMinutes(5)).receive(), 2);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        pass(Duration.ofSeconds(4));
        assertThat(subscriber.isTerminated()).isFalse();
        pass(Duration.ofSeconds(1));

        assertThat(subscriber.getReceivedOnNext()).hasSize(1);
        assertThat(subscriber.isTerminatedComplete()).isTrue();
    }

    @Test
    void gracefulStopWaitsForThePollButNotForItsRetry() {
        queue.nextPolls.add(() -> Mono.error(new ServiceUnreachableException("down", true, true, null)));
        queue.latency = Duration.ofSeconds(5);
        Sinks.Empty<Void> stop = Sinks.empty();
        var changes = changes().stopWhen(stop.asMono(), Duration.ofMinutes(5));
        var subscriber = subscribe(changes.confirmAfter(change -> Mono.empty()), 1);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        pass(Duration.ofSeconds(5));

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        assertThat(queue.polls).hasSize(1);
    }

    @Test
    void gracefulStopDoesNotWaitForPermits() {
        PollPermits hanging = new PollPermits() {
            @Override
            public Mono<Duration> acquire(String queue) {
                return Mono.never();
            }

            @Override
            public Mono<Void> notBefore(String queue, Duration wait) {
                return Mono.empty();
            }
        };
        Sinks.Empty<Void> stop = Sinks.empty();
        var subscriber = subscribe(
                changes()
                        .permits(hanging)
                        .stopWhen(stop.asMono(), Duration.ofMinutes(5))
                        .confirmAfter(change -> Mono.empty()),
                1);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        assertThat(queue.polls).isEmpty();
    }

    @Test
    void aGentleStopGivesUpWhatTakesTooLong() {
        queue.offer(A1);
        Sinks.Empty<Void> stop = Sinks.empty();
        TestPublisher<Void> processing = TestPublisher.create();
        var subscriber = subscribe(
                changes().stopWhen(stop.asMono(), Duration.ofSeconds(30)).confirmAfter(change -> processing), 1);

        stop.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
        pass(Duration.ofSeconds(29));
        assertThat(subscriber.isTerminated()).isFalse();
        pass(Duration.ofSeconds(1));

        assertThat(subscriber.isTerminatedComplete()).isTrue();
        processing.assertCancelled();
        assertThat(queue.confirmed).isEmpty();
        assertThat(timers.running()).isZero();
    }

    // P9

    @Test
    void aWaitingPollerIsOneTimer() {
        var subscribers = new ArrayList<TestSubscriber<Change>>();
        for (int i = 0; i < 100; i++) {
            subscribers.add(subscribe(
                    new StatusChanges<>(new TestQueue(time, Duration.ZERO), PollPermits.inMemory(time))
                            .scheduler(timers)
                            .confirmAfter(change -> Mono.empty()),
                    1));
        }

        assertThat(timers.running()).isEqualTo(100);
        subscribers.forEach(TestSubscriber::cancel);
        assertThat(timers.running()).isZero();
    }

    // What any publisher must keep to

    @Test
    void theSubscribersContextReachesTheProcessing() {
        queue.offer(A1);
        var seen = new ArrayList<String>();

        start(
                changes()
                        .confirmAfter(change -> Mono.deferContextual(context -> {
                            seen.add(context.get("trace"));
                            return Mono.empty();
                        }))
                        .contextWrite(Context.of("trace", "4711")),
                1);

        assertThat(seen).containsExactly("4711");
    }

    @Test
    void nothingHappensBeforeTheSubscriptionAndEachSubscriptionPollsOnItsOwn() {
        var flux = changes().confirmAfter(change -> Mono.empty());
        assertThat(queue.polls).isEmpty();
        queue.offer(A1, B1);

        var first = subscribe(flux.take(1), 1);
        pass(Duration.ofSeconds(2));
        var second = subscribe(flux.take(1), 1);
        pass(Duration.ofSeconds(2));

        assertThat(first.getReceivedOnNext()).containsExactly(A1);
        assertThat(second.getReceivedOnNext()).containsExactly(B1);
    }

    @Test
    void whatADownstreamOperatorDiscardsAfterItsConfirmationWasProcessedAndWhatWasReceivedStaysUnconfirmed() {
        queue.offer(A1, B1);
        var subscriber = subscribe(changes().receive().filter(change -> false), 2);
        pass(Duration.ofSeconds(5));

        subscriber.cancel();

        assertThat(queue.confirmed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void errorThrownByTheListenerStopsNeitherPollingNorEvents(Throwable error) {
        queue.offer(A1, B1);
        var subscriber = subscribe(
                changes()
                        .listener(event -> {
                            events.add(event);
                            var unused = rethrow(error);
                        })
                        .confirmAfter(change -> Mono.empty()),
                2);

        pass(Duration.ofSeconds(5));

        assertThat(subscriber.getReceivedOnNext()).containsExactly(A1, B1);
        assertThat(events.stream().filter(PollEvent.Confirmed.class::isInstance))
                .hasSize(2);
    }

    @Test
    void theListenerHearsWhatHappensInItsOrder() {
        queue.offer(A1);
        start(changes().confirmAfter(change -> Mono.empty()), Long.MAX_VALUE);
        pass(Duration.ofSeconds(2));

        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .containsExactly("Fetched", "Processed", "Confirmed", "Empty");
        assertThat(events).extracting(PollEvent::queue).containsOnly("test");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> changes().concurrency(0)).hasMessageContaining("concurrency");
        assertThatThrownBy(() -> changes().defaultWait(Duration.ofSeconds(-1))).hasMessageContaining("defaultWait");
        assertThatThrownBy(() -> changes().processingTimeout(Duration.ZERO)).hasMessageContaining("processingTimeout");
        assertThatThrownBy(() -> changes().confirmWithin(Duration.ZERO)).hasMessageContaining("confirmWithin");
        assertThatThrownBy(() -> changes().backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("backoff");
        assertThatThrownBy(() -> changes().backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("backoff");
    }

    private static TestPublisher<Void> next(List<TestPublisher<Void>> all) {
        TestPublisher<Void> publisher = TestPublisher.create();
        all.add(publisher);
        return publisher;
    }
}
