package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.poll.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class RateLimiterTest {

    private static final String ONE = "123456789";
    private static final String OTHER = "987654321";
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(time);
    private final List<Duration> calls = new ArrayList<>();

    private RateLimiter limiter(int callsPerSecond) {
        return new RateLimiter(callsPerSecond, PAUSE, timers, () -> time.now(TimeUnit.NANOSECONDS));
    }

    private Duration now() {
        return Duration.ofNanos(time.now(TimeUnit.NANOSECONDS));
    }

    /** Makes requests that are answered at once. */
    private void call(RateLimiter limiter, String organization, int times) {
        List<Disposable> unused = cancellable(limiter, organization, times);
    }

    private List<Disposable> cancellable(RateLimiter limiter, String organization, int times) {
        return IntStream.range(0, times)
                .mapToObj(i ->
                        answered(limiter, organization, () -> calls.add(now())).subscribe())
                .toList();
    }

    /** A request with an immediate response. */
    private static Mono<Void> answered(RateLimiter limiter, String organization, Runnable sent) {
        return Mono.using(
                () -> limiter.slot(organization),
                slot -> slot.acquire().then(Mono.fromRunnable(sent)),
                RateLimiter.Slot::release);
    }

    private static void then(RateLimiter limiter, Runnable call) {
        Disposable unused = answered(limiter, ONE, call).subscribe();
    }

    /** Sends a request that is not answered yet. */
    private RateLimiter.Slot sent(RateLimiter limiter) {
        RateLimiter.Slot slot = limiter.slot(ONE);
        Disposable unused =
                slot.acquire().doOnSuccess(acquired -> calls.add(now())).subscribe();
        return slot;
    }

    @Test
    void unansweredRequestsHoldTheirSlots() {
        RateLimiter limiter = limiter(10);
        List<RateLimiter.Slot> sent =
                IntStream.range(0, 40).mapToObj(i -> sent(limiter)).toList();

        time.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(calls).hasSize(10);

        sent.get(4).release();
        time.advanceTimeBy(Duration.ofMillis(1_049));
        assertThat(calls).hasSize(10);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(calls).hasSize(11);
        assertThat(timers.running()).isZero();
    }

    @Test
    void slotOfRequestThatWasNeverSentIsFreeAtOnce() {
        RateLimiter limiter = limiter(2);
        List<RateLimiter.Slot> sent =
                IntStream.range(0, 4).mapToObj(i -> sent(limiter)).toList();

        sent.get(0).releaseUnused();

        assertThat(calls).hasSize(3);
    }

    @Test
    void tenThousandRequestsThatFailAtOnceDoNotOverflowTheStack() {
        RateLimiter limiter = limiter(1);
        RateLimiter.Slot first = sent(limiter);
        var failed = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            RateLimiter.Slot slot = limiter.slot(ONE);
            Disposable unused = slot.acquire().subscribe(acquired -> {}, error -> {}, () -> {
                failed.incrementAndGet();
                slot.releaseUnused();
            });
        }

        first.releaseUnused();

        assertThat(failed).hasValue(10_000);
    }

    @Test
    void slotIsReleasedOnce() {
        RateLimiter limiter = limiter(1);
        RateLimiter.Slot first = sent(limiter);
        List<RateLimiter.Slot> waiting = List.of(sent(limiter), sent(limiter));

        first.releaseUnused();
        first.releaseUnused();
        first.release();
        time.advanceTimeBy(Duration.ofHours(1));

        assertThat(calls).hasSize(2);
        waiting.forEach(RateLimiter.Slot::release);
    }

    @Test
    void belowTheLimitNoCallWaitsAndNoTimerIsSet() {
        RateLimiter limiter = limiter(10);

        for (int made = 1; made <= 1_000; made++) {
            call(limiter, ONE, 1);
            assertThat(calls).hasSize(made);
            assertThat(timers.running()).isZero();
            time.advanceTimeBy(Duration.ofMillis(105));
        }
    }

    @Test
    void aWholeSecondsCallsMayComeAtOnceAfterSilence() {
        RateLimiter limiter = limiter(10);
        call(limiter, ONE, 10);
        assertThat(calls).hasSize(10);
        time.advanceTimeBy(Duration.ofHours(1));

        call(limiter, ONE, 10);

        assertThat(calls).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 37})
    void inNoSecondAreThereMoreCallsThanTheLimitHoweverTheyCome(int limit) {
        RateLimiter limiter = limiter(limit);
        var random = new Random(limit);
        for (int i = 0; i < 500; i++) {
            call(limiter, ONE, random.nextInt(limit + 2));
            time.advanceTimeBy(Duration.ofMillis(random.nextInt(900)));
        }
        time.advanceTimeBy(Duration.ofHours(1));

        assertThat(calls).hasSizeGreaterThan(400 * limit / 2);
        for (int i = limit; i < calls.size(); i++) {
            assertThat(calls.get(i).minus(calls.get(i - limit))).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void whoWaitsGetsItsTurnInOrderAndAsSoonAsTheLimitAllows() {
        RateLimiter limiter = limiter(10);
        List<Integer> order = new ArrayList<>();
        IntStream.range(0, 35)
                .forEach(call -> then(limiter, () -> {
                    order.add(call);
                    calls.add(now());
                }));

        time.advanceTimeBy(Duration.ofMillis(3_150));

        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, 35).boxed().toList());
        assertThat(calls.get(10)).isEqualTo(Duration.ofMillis(1_050));
        assertThat(calls.get(34)).isEqualTo(Duration.ofMillis(3_150));
    }

    @Test
    void aNewCallDoesNotOvertakeThoseThatWait() {
        RateLimiter limiter = limiter(1);
        List<String> order = new ArrayList<>();
        then(limiter, () -> order.add("first"));
        then(limiter, () -> {
            order.add("second");
            then(limiter, () -> order.add("fourth"));
        });
        then(limiter, () -> order.add("third"));

        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(order).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void organizationsDoNotWaitForEachOther() {
        RateLimiter limiter = limiter(2);
        call(limiter, ONE, 100);
        limiter.slot(ONE).pause();
        calls.clear();

        call(limiter, OTHER, 2);

        assertThat(calls).hasSize(2);
    }

    @Test
    void aBlockedOrganizationPausesForThirtySecondsThoseThatAlreadyWaitIncluded() {
        RateLimiter limiter = limiter(2);
        call(limiter, ONE, 4);
        assertThat(calls).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(500));

        limiter.slot(ONE).pause();
        call(limiter, ONE, 1);
        time.advanceTimeBy(PAUSE.minusMillis(1));
        assertThat(calls).hasSize(2);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(calls).hasSize(4);
        time.advanceTimeBy(Duration.ofMillis(1_050));
        assertThat(calls).hasSize(5);
    }

    @Test
    void blockedAgainAnOrganizationPausesAgain() {
        RateLimiter limiter = limiter(10);
        limiter.slot(ONE).pause();
        call(limiter, ONE, 1);
        time.advanceTimeBy(Duration.ofSeconds(20));

        limiter.slot(ONE).pause();
        time.advanceTimeBy(Duration.ofSeconds(29));
        assertThat(calls).isEmpty();
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(calls).hasSize(1);
    }

    @Test
    void turnedOffNothingWaitsUnlessTheServiceBlocks() {
        RateLimiter limiter = limiter(0);
        call(limiter, ONE, 10_000);
        assertThat(calls).hasSize(10_000);

        limiter.slot(ONE).pause();
        call(limiter, ONE, 10);
        assertThat(calls).hasSize(10_000);
        time.advanceTimeBy(PAUSE);

        assertThat(calls).hasSize(10_010);
    }

    @Test
    void thoseWhoGaveUpWaitingTakeNobodysTurnAndLeaveNoTimer() {
        RateLimiter limiter = limiter(1);
        call(limiter, ONE, 1);
        List<Disposable> waiting = cancellable(limiter, ONE, 10_000);
        call(limiter, ONE, 1);
        List<Disposable> later = cancellable(limiter, ONE, 100);

        waiting.forEach(Disposable::dispose);
        time.advanceTimeBy(Duration.ofMillis(1_050));
        assertThat(calls).containsExactly(Duration.ZERO, Duration.ofMillis(1_050));

        later.forEach(Disposable::dispose);
        time.advanceTimeBy(Duration.ofMillis(1_050));
        call(limiter, ONE, 1);
        assertThat(calls).hasSize(3);
        assertThat(timers.running()).isZero();
    }

    @Test
    void tenThousandWaitingCallsOfOneOrganizationAreOneTimer() {
        RateLimiter limiter = limiter(10);

        call(limiter, ONE, 10_010);

        assertThat(timers.running()).isOne();
    }

    @Test
    void callsOfManyThreadsKeepToTheLimitAndAllGetTheirTurn() throws InterruptedException {
        int limit = 50;
        var limiter = new RateLimiter(limit, PAUSE, Schedulers.parallel(), System::nanoTime);
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        var all = new CountDownLatch(180);
        Disposable unused = Flux.range(0, 180)
                .parallel(8)
                .runOn(Schedulers.boundedElastic())
                .subscribe(i -> {
                    Disposable turn = answered(limiter, ONE, () -> times.add(System.nanoTime()))
                            .doFinally(signal -> all.countDown())
                            .subscribe();
                    if (i % 3 == 0) {
                        turn.dispose();
                    }
                });

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        List<Long> sorted = times.stream().sorted().toList();
        for (int i = limit; i < sorted.size(); i++) {
            assertThat(sorted.get(i) - sorted.get(i - limit)).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        }
    }
}
