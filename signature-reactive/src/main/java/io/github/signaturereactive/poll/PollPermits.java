package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * When each queue may be polled next. The service counts per queue, not per instance of an application, so instances that poll
 * the same queue should share this, for instance in Redis. Times are told as durations, so the instances' clocks need not
 * agree. While a method fails, each instance goes by what it
 * knows itself.
 */
public interface PollPermits {

    /**
     * Asks to poll a queue now. Who may, polls, and then tells {@link #notBefore}; so nobody else may until then, but for three
     * seconds at most, which is longer than most polls take, and not long to wait if the one who may comes to grief.
     *
     * @param queue the queue's name
     * @return zero, or nothing, if it may be polled now; else how long to wait before asking again
     */
    Mono<Duration> acquire(String queue);

    /**
     * Remembers that a queue may not be polled for a while, instead of what has been remembered of it before. Told after each poll; after
     * one that failed only within those three seconds, since later others may know better.
     *
     * @param queue the queue's name
     * @param wait the while; zero if it may be polled at once
     */
    Mono<Void> notBefore(String queue, Duration wait);

    /** Permits that are known within this process only. */
    static PollPermits inMemory() {
        return new InMemory(MonotonicClock.SYSTEM);
    }

    /** Permits that are known within this process only, by the time of a scheduler, for instance a virtual one. */
    static PollPermits inMemory(Scheduler scheduler) {
        return new InMemory(MonotonicClock.of(scheduler));
    }

    /** Permits in a map: until when which queue may not be polled. */
    final class InMemory implements PollPermits {

        /** For so long the one who may poll is waited for. */
        static final long ONE_POLL = Duration.ofSeconds(3).toNanos();

        private final MonotonicClock clock;
        private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

        InMemory(MonotonicClock clock) {
            this.clock = clock;
        }

        @Override
        public Mono<Duration> acquire(String queue) {
            return Mono.fromSupplier(() -> {
                long now = clock.nanos();
                var wait = new AtomicLong();
                notBefore.compute(queue, (name, permitted) -> {
                    wait.set(permitted == null ? 0 : Math.max(0, permitted - now));
                    return wait.get() == 0 ? Long.valueOf(now + ONE_POLL) : permitted;
                });
                return Duration.ofNanos(wait.get());
            });
        }

        @Override
        public Mono<Void> notBefore(String queue, Duration wait) {
            return Mono.fromRunnable(() -> {
                if (wait.isZero()) {
                    notBefore.remove(queue);
                } else {
                    notBefore.put(queue, clock.nanos() + wait.toNanos());
                }
            });
        }
    }
}
