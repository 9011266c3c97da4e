package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
     * How long until a queue may be polled.
     *
     * @param queue the queue's name
     * @return zero, or nothing, if it may be polled now
     */
    Mono<Duration> untilNextPoll(String queue);

    /**
     * Remembers that a queue may not be polled for a while, instead of what has been remembered of it before.
     *
     * @param queue the queue's name
     * @param wait the while; zero if it may be polled at once
     */
    Mono<Void> notBefore(String queue, Duration wait);

    /** Permits that are known within this process only. */
    static PollPermits inMemory() {
        return new InMemory(Time.SYSTEM);
    }

    /** Permits that are known within this process only, by the time of a scheduler, for instance a virtual one. */
    static PollPermits inMemory(Scheduler scheduler) {
        return new InMemory(Time.of(scheduler));
    }

    /** Permits in a map, of the queues that may not be polled now. */
    final class InMemory implements PollPermits {

        private final Time time;
        private final Map<String, Long> notBefore = new ConcurrentHashMap<>();

        InMemory(Time time) {
            this.time = time;
        }

        @Override
        public Mono<Duration> untilNextPoll(String queue) {
            return Mono.fromSupplier(() -> {
                Long permitted = notBefore.get(queue);
                return permitted == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, permitted - time.nanos()));
            });
        }

        @Override
        public Mono<Void> notBefore(String queue, Duration wait) {
            return Mono.fromRunnable(() -> {
                if (wait.isZero()) {
                    notBefore.remove(queue);
                } else {
                    notBefore.put(queue, time.nanos() + wait.toNanos());
                }
            });
        }
    }
}
