package io.github.signaturereactive.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Decides when a queue may be polled: when both the poller's own responses and the permits shared with other instances permit it. While
 * the shared permits fail, the poller's own responses decide.
 */
final class PollGate implements Disposable {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final String queue;
    private final PollOptions options;
    private final Reporter reporter;
    private final MonotonicClock clock;
    private final SharedPermits shared;
    private final ServiceClock serviceClock = new ServiceClock();

    /** The time before which this poller must not poll, by its own clock in nanoseconds. */
    private volatile long notBefore;

    PollGate(String queue, PollOptions options, Reporter reporter) {
        this.queue = queue;
        this.options = options;
        this.reporter = reporter;
        this.clock = options.clock;
        this.shared = new SharedPermits(queue, options.permits, clock, reporter);
        this.notBefore = clock.nanos();
    }

    /** Completes when the queue may be polled. Asks again after each wait, because another instance may have polled meanwhile. */
    Mono<Void> await(GracefulStop stop) {
        return shared.acquire()
                .defaultIfEmpty(Duration.ZERO)
                .map(this::butNotBefore)
                .flatMap(wait -> wait.isZero() || stop.isStopped()
                        ? Mono.just(true)
                        : stop.orAfter(capped(wait).plus(jitter()), clock).thenReturn(isTooLong(wait)))
                .repeat()
                .takeUntil(permitted -> permitted)
                .then();
    }

    private Duration butNotBefore(Duration wait) {
        Duration own = Duration.ofNanos(Math.max(0, notBefore - clock.nanos()));
        return wait.compareTo(own) > 0 ? wait : own;
    }

    /**
     * Records a response, and shares when the next poll is permitted.
     *
     * @param asked when the poll was begun, by this poller's clock in nanoseconds
     * @param got when the response was received, by the same clock
     * @return how long to wait until the next poll
     */
    Mono<Duration> update(Polled<?> polled, long asked, long got) {
        Duration wait = waitAfter(polled, asked, got);
        notBefore = clock.nanos() + wait.toNanos();
        return shared.notBefore(wait).thenReturn(wait);
    }

    /**
     * Permits other instances to poll, after a poll without a response. Does nothing if the permit has expired, because another
     * instance may have polled since.
     *
     * @param asked when the poll was begun, by this poller's clock in nanoseconds
     */
    Mono<Void> release(long asked) {
        return Mono.defer(() ->
                clock.nanos() - asked < PollPermits.InMemory.ONE_POLL ? shared.notBefore(Duration.ZERO) : Mono.empty());
    }

    @Override
    public void dispose() {
        shared.dispose();
    }

    private Duration waitAfter(Polled<?> polled, long asked, long got) {
        if (polled.date() != null && isOfThisAge(polled.date())) {
            serviceClock.observe(polled.date(), asked, got);
        }
        if (polled.outcome() == Polled.Outcome.RATE_LIMITED) {
            return options.rateLimiterPause;
        }
        if (polled.date() == null
                || polled.nextPermittedPollTime() == null
                || !isOfThisAge(polled.date())
                || !isOfThisAge(polled.nextPermittedPollTime())) {
            return options.defaultWait;
        }
        // Only a change may be followed by a poll at once. After another answer, that would be polling without end.
        Duration wait = serviceClock.until(polled.nextPermittedPollTime(), got);
        return wait.isZero() && polled.outcome() != Polled.Outcome.CHANGE ? options.defaultWait : capped(wait);
    }

    private boolean isTooLong(Duration wait) {
        return wait.compareTo(options.maxWait) > 0;
    }

    private Duration capped(Duration wait) {
        if (!isTooLong(wait)) {
            return wait;
        }
        reporter.report(new PollEvent.WaitCapped(queue, wait, options.maxWait));
        return options.maxWait;
    }

    /** A time of year 1 or 9999 is no time but what a program writes for want of one. */
    private static boolean isOfThisAge(Instant time) {
        return time.isAfter(EARLIEST) && time.isBefore(LATEST);
    }

    private Duration jitter() {
        long most = options.jitter.toNanos();
        return most == 0
                ? Duration.ZERO
                : Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
