package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.poll.TestQueue.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** What happens at once: requests, cancels and answers that meet on different threads, or all on one. */
class PollerRacesTest {

    /** Always has one more change, each second one of the job of the one before; answers where the scheduler says. */
    private static final class EndlessQueue implements StatusQueue<Change> {

        private final Scheduler scheduler;
        private final AtomicLong fetched = new AtomicLong();
        private final Set<Change> confirmed = ConcurrentHashMap.newKeySet();

        EndlessQueue(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        StatusChanges<Change> changes() {
            return new StatusChanges<>(this, PollPermits.inMemory()).defaultWait(Duration.ZERO);
        }

        @Override
        public String name() {
            return "endless";
        }

        @Override
        public Mono<Polled<Change>> poll() {
            return Mono.fromCallable(() -> {
                        long number = fetched.incrementAndGet();
                        return Polled.change(new Change(number / 2, (int) number), null, null);
                    })
                    .subscribeOn(scheduler);
        }

        @Override
        public Mono<Void> confirm(Change change) {
            return Mono.<Void>fromRunnable(() -> confirmed.add(change)).subscribeOn(scheduler);
        }
    }

    /** Counts, and notices signals that overlap. */
    private static final class Counting extends BaseSubscriber<Object> {

        private final AtomicInteger signalling = new AtomicInteger();
        private final AtomicLong received = new AtomicLong();
        private final Queue<String> violations = new ConcurrentLinkedQueue<>();
        private final CountDownLatch expected;

        Counting(int expected) {
            this.expected = new CountDownLatch(expected);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Nothing is asked for until the test does.
        }

        @Override
        protected void hookOnNext(Object value) {
            if (signalling.incrementAndGet() != 1) {
                violations.add("signals overlap");
            }
            received.incrementAndGet();
            signalling.decrementAndGet();
            expected.countDown();
        }

        @Override
        protected void hookFinally(SignalType type) {
            if (type != SignalType.CANCEL) {
                violations.add("ended by " + type);
            }
        }
    }

    @Test
    void tenThousandChangesThatAllComeAtOnceDoNotOverflowTheStack() {
        var queue = new EndlessQueue(Schedulers.immediate());

        StepVerifier.create(queue.changes()
                        .concurrency(8)
                        .confirmAfter(change -> Mono.empty())
                        .take(10_000))
                .expectNextCount(10_000)
                .verifyComplete();
        StepVerifier.create(queue.changes()
                        .receive()
                        .concatMap(change -> change.confirm().thenReturn(1), 1)
                        .take(10_000))
                .expectNextCount(10_000)
                .verifyComplete();
    }

    @Test
    void tenThousandChangesThatAreAskedForOneByOneDoNotOverflowTheStackEither() {
        var queue = new EndlessQueue(Schedulers.immediate());

        StepVerifier.create(queue.changes()
                        .concurrency(8)
                        .confirmAfter(change -> Mono.empty())
                        .limitRate(1)
                        .take(10_000))
                .expectNextCount(10_000)
                .verifyComplete();
        assertThat(queue.fetched).hasValueLessThanOrEqualTo(10_001);
    }

    @Test
    void tenThousandFailuresAtOnceDoNotOverflowTheStackAndUseUpNoDemand() {
        var queue = new EndlessQueue(Schedulers.immediate());

        StepVerifier.create(
                        queue.changes()
                                .confirmAfter(change -> change.number() <= 10_000
                                        ? Mono.error(new IllegalStateException("fails"))
                                        : Mono.empty()),
                        1)
                .expectNext(new Change(5_000, 10_001))
                .thenCancel()
                .verify(Duration.ofMinutes(1));
        assertThat(queue.fetched).hasValue(10_001);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void exactlyWhatManyThreadsAskForIsFetchedProcessedConfirmedAndEmitted(int concurrency) throws Exception {
        for (int round = 0; round < 200; round++) {
            var queue = new EndlessQueue(Schedulers.parallel());
            var subscriber = new Counting(40);
            queue.changes()
                    .concurrency(concurrency)
                    .confirmAfter(change -> Mono.empty())
                    .subscribe(subscriber);

            requestOnThreads(subscriber, 4, 10);

            assertThat(subscriber.expected.await(30, TimeUnit.SECONDS))
                    .as("round %s", round)
                    .isTrue();
            subscriber.cancel();
            assertThat(subscriber.received).hasValue(40);
            assertThat(queue.fetched).hasValue(40);
            assertThat(queue.confirmed).hasSize(40);
            assertThat(subscriber.violations).isEmpty();
        }
    }

    @Test
    void exactlyWhatManyThreadsAskForIsReceived() throws Exception {
        for (int round = 0; round < 200; round++) {
            var queue = new EndlessQueue(Schedulers.parallel());
            var subscriber = new Counting(40);
            queue.changes().receive().subscribe(subscriber);

            requestOnThreads(subscriber, 4, 10);

            assertThat(subscriber.expected.await(30, TimeUnit.SECONDS))
                    .as("round %s", round)
                    .isTrue();
            subscriber.cancel();
            assertThat(queue.fetched).hasValue(40);
            assertThat(queue.confirmed).isEmpty();
            assertThat(subscriber.violations).isEmpty();
        }
    }

    @Test
    void aCancelAtAnyMomentLeavesNothingConfirmedThatWasNotProcessed() {
        var random = new Random(4711);
        for (int round = 0; round < 500; round++) {
            var queue = new EndlessQueue(Schedulers.parallel());
            Set<Change> processed = ConcurrentHashMap.newKeySet();
            var subscriber = new Counting(0);
            queue.changes()
                    .concurrency(4)
                    .confirmAfter(change ->
                            Mono.fromRunnable(() -> processed.add(change)).subscribeOn(Schedulers.parallel()))
                    .subscribe(subscriber);
            int spins = random.nextInt(20_000);

            Mono<Void> requests =
                    Mono.<Void>fromRunnable(() -> subscriber.request(20)).subscribeOn(Schedulers.boundedElastic());
            Mono<Void> cancel = Mono.<Void>fromRunnable(() -> {
                        for (int i = 0; i < spins; i++) {
                            Thread.onSpinWait();
                        }
                        subscriber.cancel();
                    })
                    .subscribeOn(Schedulers.boundedElastic());
            StepVerifier.create(Mono.when(requests, cancel)).verifyComplete();

            assertThat(processed).containsAll(Set.copyOf(queue.confirmed));
            assertThat(queue.fetched).hasValueLessThanOrEqualTo(20);
            assertThat(subscriber.received).hasValueLessThanOrEqualTo(20);
            assertThat(subscriber.violations).isEmpty();
        }
    }

    @Test
    void aCancelDoesNotBeginWhatWaitedForItsTurn() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var queue = new TestQueue(time, Duration.ZERO);
        queue.offer(new Change(1, 1), new Change(1, 2), new Change(1, 3));
        List<Change> begun = new ArrayList<>();
        TestSubscriber<Change> subscriber =
                TestSubscriber.builder().initialRequest(3).build();
        new StatusChanges<>(queue, PollPermits.inMemory(time))
                .scheduler(time)
                .concurrency(3)
                .confirmAfter(change -> {
                    begun.add(change);
                    return Mono.never();
                })
                .subscribe(subscriber);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(queue.outstanding()).isEqualTo(3);

        subscriber.cancel();

        assertThat(begun).containsExactly(new Change(1, 1));
    }

    @Test
    void theEndOfTheStreamDoesNotBeginWhatWaitedForItsTurnEither() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var queue = new TestQueue(time, Duration.ZERO);
        queue.offer(new Change(1, 1), new Change(1, 2), new Change(2, 1));
        List<Change> begun = new ArrayList<>();
        TestSubscriber<Change> subscriber =
                TestSubscriber.builder().initialRequest(3).build();
        new StatusChanges<>(queue, PollPermits.inMemory(time))
                .scheduler(time)
                .concurrency(3)
                .onProcessingFailure(ProcessingFailure.endStream())
                .confirmAfter(change -> {
                    begun.add(change);
                    return change.signatureJobId() == 1
                            ? Mono.never()
                            : Mono.error(new IllegalStateException("the end"));
                })
                .subscribe(subscriber);

        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(subscriber.expectTerminalError()).hasMessage("the end");
        assertThat(begun).containsExactly(new Change(1, 1), new Change(2, 1));
    }

    private static void requestOnThreads(BaseSubscriber<?> subscriber, int threads, int each) {
        StepVerifier.create(Flux.range(0, threads)
                        .flatMap(thread -> Mono.fromRunnable(() -> {
                                    for (int i = 0; i < each; i++) {
                                        subscriber.request(1);
                                    }
                                })
                                .subscribeOn(Schedulers.boundedElastic())))
                .verifyComplete();
    }
}
