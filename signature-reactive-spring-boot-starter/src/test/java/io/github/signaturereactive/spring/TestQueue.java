package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
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
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A queue whose changes are job ids. If it is empty, the next poll is permitted after one minute. */
final class TestQueue implements StatusQueue<Long> {

    /** The next poll after a change is permitted immediately. */
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    private final VirtualTimeScheduler scheduler;
    private final Deque<Long> waiting = new ArrayDeque<>();

    /** Errors of the next polls. */
    final Queue<Throwable> faults = new ArrayDeque<>();

    /** Errors of the next confirmations. */
    final Queue<Throwable> nextConfirmations = new ArrayDeque<>();

    final List<Duration> polls = new ArrayList<>();
    final List<Long> confirmed = new ArrayList<>();

    TestQueue(VirtualTimeScheduler scheduler) {
        this.scheduler = scheduler;
    }

    void offer(Long... jobs) {
        waiting.addAll(List.of(jobs));
    }

    /** Returns the queue for the builder of pollers, independent of the sender. */
    StatusChangePollersBuilder.Queues<Long> queues() {
        var changes = new StatusChanges<>(this, PollPermits.inMemory(scheduler)).defaultWait(Duration.ofMinutes(1));
        return new StatusChangePollersBuilder.Queues<>("portal", sender -> changes, () -> changes, job -> job);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Mono<Polled<Long>> poll() {
        return Mono.defer(() -> {
            polls.add(Duration.ofMillis(scheduler.now(TimeUnit.MILLISECONDS)));
            Throwable fault = faults.poll();
            if (fault != null) {
                return Mono.error(fault);
            }
            Long change = waiting.poll();
            return Mono.just(
                    change == null
                            ? Polled.nothing(Polled.Outcome.EMPTY, null, null)
                            : Polled.change(change, NOW, NOW));
        });
    }

    @Override
    public Mono<Void> confirm(Long change) {
        return Mono.defer(() -> {
            Throwable fault = nextConfirmations.poll();
            return fault == null ? Mono.fromRunnable(() -> confirmed.add(change)) : Mono.error(fault);
        });
    }

    @Override
    public long jobId(Long change) {
        return change;
    }

    @Override
    public Object identity(Long change) {
        return change;
    }

    /** A handler with its own queue. */
    static StatusChangeHandler<Long> handler(String queue, StatusChangeHandler<Long> handling) {
        return new StatusChangeHandler<>() {
            @Override
            public Mono<Void> handle(Long change) {
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
