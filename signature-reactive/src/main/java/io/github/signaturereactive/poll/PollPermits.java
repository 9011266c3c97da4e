package io.github.signaturereactive.poll;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Permits to poll queues, shared by the instances of an application, for instance in Redis. The service limits polls
 * of each queue, not of each instance. Times are passed as durations, so the clocks of the instances need not agree.
 *
 * <p>Each instance also observes the times that the service permitted to itself. A call that fails, or that takes
 * longer than five seconds, is reported as {@link PollEvent.PermitsUnavailable}. After two failed calls, the poller
 * polls without waiting for the permits, and calls them again every 30 seconds until a call succeeds.
 *
 * <p>The methods may be called on an event loop, so neither they nor their publishers may block. An implementation that
 * blocks subscribes to its work on a scheduler of its own.
 */
public interface PollPermits {

    /**
     * Acquires the permit to poll a queue now. The permit is exclusive until the poller that holds it calls {@link
     * #notBefore}. It expires after three seconds, which is longer than most polls take.
     *
     * @param queue the name of the queue
     * @return zero, or empty, if the queue may be polled now; otherwise the wait before the next call
     */
    Mono<Duration> acquire(String queue);

    /**
     * Sets how long a queue must not be polled. Replaces the earlier time of that queue. Called after each poll.
     * After a failed poll it is called only if the permit has not expired, because another instance may have polled
     * since.
     *
     * @param queue the name of the queue
     * @param wait the time until the next permitted poll; zero if the queue may be polled at once
     * @return a Mono that completes when the time is set
     */
    Mono<Void> notBefore(String queue, Duration wait);

    /** {@return permits that are shared within this process only} */
    static PollPermits inMemory() {
        return new InMemoryPermits(MonotonicClock.SYSTEM);
    }

    /**
     * Returns permits that are shared within this process only, with the clock of a scheduler, for instance a virtual
     * one in tests.
     *
     * @param scheduler the scheduler
     * @return the permits
     */
    static PollPermits inMemory(Scheduler scheduler) {
        return new InMemoryPermits(MonotonicClock.of(scheduler));
    }
}
