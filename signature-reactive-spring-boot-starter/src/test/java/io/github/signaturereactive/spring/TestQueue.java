package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.Polled;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.poll.StatusQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A queue with one change of each job. If it is empty, the next poll is permitted after one minute. */
final class TestQueue implements StatusQueue<TestQueue.Change> {

    /** The only change of a job. */
    record Change(long signatureJobId) implements StatusChange {

        @Override
        public Object identity() {
            return this;
        }
    }

    /** The next poll after a change is permitted immediately. */
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final VirtualTimeScheduler scheduler;
    private final Deque<Change> waiting = new ArrayDeque<>();

    /** Errors of the next polls. */
    final Queue<Throwable> faults = new ArrayDeque<>();

    /** Errors of the next confirmations. */
    final Queue<Throwable> nextConfirmations = new ArrayDeque<>();

    final List<Duration> polls = new ArrayList<>();
    final List<Long> confirmed = new ArrayList<>();

    TestQueue(VirtualTimeScheduler scheduler) {
        this.scheduler = scheduler;
    }

    void offer(long... jobs) {
        LongStream.of(jobs).mapToObj(Change::new).forEach(waiting::add);
    }

    /** Returns the queue for the builder of pollers, independent of the sender. */
    StatusChangePollersBuilder.Queues<Change> queues() {
        var changes = new StatusChanges<>(this, PollPermits.inMemory(scheduler)).defaultWait(Duration.ofMinutes(1));
        return new StatusChangePollersBuilder.Queues<>("portal", sender -> changes, () -> changes);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Mono<Polled<Change>> poll() {
        return Mono.defer(() -> {
            polls.add(Duration.ofMillis(scheduler.now(TimeUnit.MILLISECONDS)));
            Throwable fault = faults.poll();
            if (fault != null) {
                return Mono.error(fault);
            }
            Change change = waiting.poll();
            return Mono.just(
                    change == null
                            ? Polled.nothing(Polled.Outcome.EMPTY, null, null)
                            : Polled.change(change, NOW, NOW));
        });
    }

    @Override
    public Mono<Void> confirm(Change change) {
        return Mono.defer(() -> {
            Throwable fault = nextConfirmations.poll();
            return fault == null ? Mono.fromRunnable(() -> confirmed.add(change.signatureJobId())) : Mono.error(fault);
        });
    }

    /** A handler with its own queue. */
    static StatusChangeHandler<Change> handler(String queue, StatusChangeHandler<Change> handling) {
        return new StatusChangeHandler<>() {
            @Override
            public Mono<Void> handle(Change change) {
                return handling.handle(change);
            }

            @Override
            public Sender sender() {
                return new Sender("123456789");
            }

            @Override
            public PollingQueue pollingQueue() {
                return queue.isEmpty() ? null : PollingQueue.of(queue);
            }
        };
    }
}
