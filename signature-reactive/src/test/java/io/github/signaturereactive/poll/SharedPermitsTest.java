package io.github.signaturereactive.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.poll.TestQueue.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Tests the poller with shared permits that fail, partly or for a while. */
class SharedPermitsTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Timers timers = new Timers(time);
    private final TestQueue queue = new TestQueue(time, Duration.ZERO);
    private final List<PollEvent> events = new ArrayList<>();
    private final Store store = new Store();

    /** Permits of which each method can be made to fail or to hang. */
    private final class Store implements PollPermits {

        private final PollPermits permits = PollPermits.inMemory(time);
        private final List<Duration> acquired = new ArrayList<>();
        private Mono<Duration> insteadOfAcquire;
        private Mono<Void> insteadOfNotBefore;

        @Override
        public Mono<Duration> acquire(String queue) {
            acquired.add(Duration.ofNanos(time.now(TimeUnit.NANOSECONDS)));
            return insteadOfAcquire == null ? permits.acquire(queue) : insteadOfAcquire;
        }

        @Override
        public Mono<Void> notBefore(String queue, Duration wait) {
            return insteadOfNotBefore == null ? permits.notBefore(queue, wait) : insteadOfNotBefore;
        }

        void hang() {
            insteadOfAcquire = Mono.never();
            insteadOfNotBefore = Mono.never();
        }

        void work() {
            insteadOfAcquire = null;
            insteadOfNotBefore = null;
        }
    }

    @AfterEach
    void noPollWasTooEarly() {
        assertThat(queue.earlyPolls).isZero();
    }

    private TestSubscriber<Change> start() {
        TestSubscriber<Change> subscriber = TestSubscriber.create();
        new StatusChanges<>(queue, store)
                .scheduler(timers)
                .listener(events::add)
                .confirmAfter(change -> Mono.empty())
                .subscribe(subscriber);
        return subscriber;
    }

    private void offer(int changes) {
        IntStream.range(0, changes).forEach(job -> queue.offer(new Change(job, 1)));
    }

    private long failures() {
        return events.stream()
                .filter(PollEvent.PermitsUnavailable.class::isInstance)
                .count();
    }

    @Test
    void ownKnowledgeHoldsWhilePermittedTimesCannotBeShared() {
        store.insteadOfNotBefore = Mono.error(new IllegalStateException("read only"));
        var unused = start();

        time.advanceTimeBy(TestQueue.INTERVAL.multipliedBy(3).plusSeconds(30));

        assertThat(queue.polls).hasSize(4);
    }

    @Test
    void sharedPermitsHoldAgainWhenTheyWorkAgain() {
        store.insteadOfNotBefore = Mono.error(new IllegalStateException("read only"));
        var unused = start();
        time.advanceTimeBy(Duration.ofMinutes(5));
        store.work();
        time.advanceTimeBy(TestQueue.INTERVAL);
        assertThat(queue.polls).hasSize(2);

        // Another instance has learnt that the queue may not be polled for a while.
        store.permits
                .notBefore("test", TestQueue.INTERVAL.multipliedBy(4))
                .subscribe()
                .dispose();
        time.advanceTimeBy(TestQueue.INTERVAL.multipliedBy(3));

        assertThat(queue.polls).hasSize(2);
    }

    static Stream<Consumer<Store>> hanging() {
        return Stream.of(
                Store::hang,
                store -> store.insteadOfAcquire = Mono.never(),
                store -> store.insteadOfNotBefore = Mono.never());
    }

    @ParameterizedTest
    @MethodSource("hanging")
    void permitsThatHangAreWaitedForTwice(Consumer<Store> fault) {
        fault.accept(store);
        offer(20);
        var subscriber = start();

        time.advanceTimeBy(Duration.ofSeconds(35));

        assertThat(subscriber.getReceivedOnNext()).hasSize(20);
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void permitsThatHangAreTriedAgainWithoutDelayingPolls() {
        store.hang();
        var unused = start();
        time.advanceTimeBy(Duration.ofSeconds(30));
        int tries = store.acquired.size();

        time.advanceTimeBy(TestQueue.INTERVAL.multipliedBy(12));

        assertThat(store.acquired).hasSizeGreaterThan(tries);
        assertThat(queue.polls).hasSize(13);
        for (int i = 1; i < 13; i++) {
            assertThat(queue.polls.get(i).minus(queue.polls.get(i - 1)))
                    .isBetween(TestQueue.INTERVAL, TestQueue.INTERVAL.plusSeconds(1));
        }
    }

    @Test
    void permitsAreSharedAgainAfterTheyHung() {
        store.hang();
        var subscriber = start();
        time.advanceTimeBy(Duration.ofMinutes(5));
        store.work();
        time.advanceTimeBy(Duration.ofMinutes(20));
        int polls = queue.polls.size();

        // Another instance polls, and learns that the queue may not be polled for a while.
        store.permits.notBefore("test", Duration.ofMinutes(45)).subscribe().dispose();
        time.advanceTimeBy(Duration.ofMinutes(40));

        assertThat(queue.polls).hasSize(polls);
        assertThat(subscriber.isTerminatedOrCancelled()).isFalse();
    }

    @Test
    void cancellingEndsTheTrialOfPermits() {
        store.hang();
        var subscriber = start();
        while (queue.polls.size() < 2) {
            time.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(timers.running()).isEqualTo(2);

        subscriber.cancel();

        assertThat(timers.running()).isZero();
    }

    @Test
    void errorsOfPermitsDoNotStopThePoller() {
        store.insteadOfAcquire = Mono.defer(() -> {
            throw new NoClassDefFoundError("thrown by acquire");
        });
        store.insteadOfNotBefore = Mono.error(new NoClassDefFoundError("signalled by notBefore"));
        offer(1);
        var subscriber = start();

        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).hasSize(1);
        assertThat(events)
                .filteredOn(PollEvent.PermitsUnavailable.class::isInstance)
                .extracting(event -> ((PollEvent.PermitsUnavailable) event).error())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(NoClassDefFoundError.class::isInstance);
    }

    @Test
    void permitsWithoutAValuePermit() {
        store.insteadOfAcquire = Mono.empty();
        offer(3);
        var subscriber = start();

        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(subscriber.getReceivedOnNext()).hasSize(3);
    }
}
