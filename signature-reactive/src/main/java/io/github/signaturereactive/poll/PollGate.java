package io.github.signaturereactive.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Whether a queue may be polled: what the service's answers say, as it is shared with other instances. While that cannot be
 * shared, what our own answers said must do.
 */
final class PollGate {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** Longer than sharing takes when it works; a fetched change waits for it. */
    private static final Duration SHARING = Duration.ofSeconds(5);

    private final String queue;
    private final PollOptions options;
    private final Reporter reporter;
    private final MonotonicClock clock;
    private final PollPermits own;
    private final ServiceClock serviceClock = new ServiceClock();

    PollGate(String queue, PollOptions options, Reporter reporter) {
        this.queue = queue;
        this.options = options;
        this.reporter = reporter;
        this.clock = options.clock;
        this.own = new PollPermits.InMemory(clock);
    }

    /** Completes when the queue may be polled; looks again after waiting, since another instance may have polled meanwhile. */
    Mono<Void> await(GracefulStop stop) {
        return Mono.defer(() -> options.permits.acquire(queue))
                .timeout(SHARING, clock.scheduler())
                .onErrorResume(error -> {
                    reporter.report(new PollEvent.PermitsUnavailable(queue, error));
                    return own.acquire(queue);
                })
                .defaultIfEmpty(Duration.ZERO)
                .flatMap(wait -> wait.isZero() || wait.isNegative() || stop.isStopped()
                        ? Mono.just(true)
                        : stop.orAfter(capped(wait).plus(jitter()), clock).thenReturn(isTooLong(wait)))
                .repeat()
                .takeUntil(permitted -> permitted)
                .then();
    }

    /**
     * Takes in an answer, asked for and got at these times of ours in nanoseconds.
     *
     * @return how long to wait until the next poll
     */
    Mono<Duration> update(Polled<?> polled, long asked, long got) {
        Duration wait = waitAfter(polled, asked, got);
        return tell(wait).thenReturn(wait);
    }

    /**
     * Lets others poll, after a poll that has told nothing. Later than the permission holds, others have polled perhaps, and know
     * better.
     *
     * @param asked when the poll was begun, by our time in nanoseconds
     */
    Mono<Void> release(long asked) {
        return Mono.defer(
                () -> clock.nanos() - asked < PollPermits.InMemory.ONE_POLL ? tell(Duration.ZERO) : Mono.empty());
    }

    private Mono<Void> tell(Duration wait) {
        return own.notBefore(queue, wait)
                .then(Mono.defer(() -> options.permits.notBefore(queue, wait)).timeout(SHARING, clock.scheduler()))
                .onErrorResume(error -> {
                    reporter.report(new PollEvent.PermitsUnavailable(queue, error));
                    return Mono.empty();
                });
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
