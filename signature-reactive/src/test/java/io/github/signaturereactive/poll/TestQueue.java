package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.Polled.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A queue that behaves as the service's, in virtual time, with a clock of its own that may be wrong. */
final class TestQueue implements StatusQueue<TestQueue.Change> {

    /** The change of a job. The number distinguishes it from other changes of the same job. */
    record Change(long signatureJobId, int number) implements StatusChange {

        @Override
        public Object identity() {
            return this;
        }
    }

    private record Hidden(Change change, Instant until) {}

    static final Duration INTERVAL = Duration.ofMinutes(10);
    static final Duration HIDING = Duration.ofMinutes(10);

    private final VirtualTimeScheduler scheduler;
    private final Duration clockSkew;
    private final Deque<Change> waiting = new ArrayDeque<>();
    private final List<Hidden> hidden = new ArrayList<>();
    private Instant permitted = Instant.MIN;

    /** Instead of what the queue would do by itself. */
    final Queue<Supplier<Mono<Polled<Change>>>> nextPolls = new ArrayDeque<>();

    /** Instead of taking a confirmation. */
    final Queue<Throwable> nextConfirmations = new ArrayDeque<>();

    final List<Duration> polls = new ArrayList<>();
    final List<Change> confirmed = new ArrayList<>();
    int earlyPolls;
    int pollsUnderWay;
    int cancelledPolls;
    Duration latency = Duration.ZERO;

    /** The precision of dates. A {@code Date} header has whole seconds. */
    ChronoUnit precision = ChronoUnit.SECONDS;

    TestQueue(VirtualTimeScheduler scheduler, Duration clockSkew) {
        this.scheduler = scheduler;
        this.clockSkew = clockSkew;
    }

    void offer(Change... changes) {
        waiting.addAll(List.of(changes));
    }

    /** How many changes have been handed out and not been confirmed. */
    int outstanding() {
        return hidden.size();
    }

    private Instant now() {
        return Instant.parse("2026-03-02T08:00:00.617Z")
                .plusNanos(scheduler.now(TimeUnit.NANOSECONDS))
                .plus(clockSkew);
    }

    /** The service's time as the poller knows it. */
    Instant date() {
        return now().truncatedTo(precision);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Mono<Polled<Change>> poll() {
        return Mono.defer(() -> {
                    polls.add(Duration.ofNanos(scheduler.now(TimeUnit.NANOSECONDS)));
                    pollsUnderWay++;
                    Mono<Polled<Change>> answer = nextPolls.isEmpty()
                            ? Mono.fromSupplier(this::answer)
                            : nextPolls.remove().get();
                    return latency.isZero()
                            ? answer
                            : Mono.delay(latency, scheduler).then(answer);
                })
                .doOnCancel(() -> cancelledPolls++)
                .doFinally(signal -> pollsUnderWay--);
    }

    private Polled<Change> answer() {
        Instant now = now();
        if (now.isBefore(permitted)) {
            earlyPolls++;
            return Polled.nothing(Outcome.TOO_EARLY, date(), permitted);
        }
        offerAgain(now);
        Change change = waiting.poll();
        if (change == null) {
            permitted = now.plus(INTERVAL);
            return Polled.nothing(Outcome.EMPTY, date(), permitted);
        }
        hidden.add(new Hidden(change, now.plus(HIDING)));
        permitted = now;
        return Polled.change(change, date(), now);
    }

    private void offerAgain(Instant now) {
        for (Iterator<Hidden> each = hidden.iterator(); each.hasNext(); ) {
            Hidden one = each.next();
            if (!now.isBefore(one.until())) {
                waiting.add(one.change());
                each.remove();
            }
        }
    }

    @Override
    public Mono<Void> confirm(Change change) {
        return Mono.defer(() -> {
            Throwable fault = nextConfirmations.poll();
            if (fault != null) {
                return Mono.error(fault);
            }
            confirmed.add(change);
            hidden.removeIf(one -> one.change().equals(change));
            return Mono.empty();
        });
    }
}
