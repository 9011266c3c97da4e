package io.github.signaturereactive.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Decides when a queue may be polled. Both the responses that this poller received and the permits shared with other
 * instances must permit the poll. If the shared permits fail, the poller's own responses decide.
 */
final class PollGate implements Disposable {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** The reciprocal of the assumed drift between this machine's clock and the clock of the service during a wait. */
    private static final long DRIFT = 5_000;

    private final String queue;
    private final PollOptions options;
    private final Reporter reporter;
    private final MonotonicClock clock;
    private final SharedPermits shared;

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

    /**
     * Completes when the queue may be polled. Calls the shared permits again after each wait, because another
     * instance may have polled in the meantime.
     */
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
     * Records a response, and shares the time of the next permitted poll.
     *
     * @return the wait until the next poll
     */
    Mono<Duration> update(Polled<?> polled) {
        Duration wait = waitAfter(polled);
        notBefore = clock.nanos() + wait.toNanos();
        return shared.notBefore(wait).thenReturn(wait);
    }

    /**
     * Permits other instances to poll, after a poll without a response. Does nothing if the permit has expired,
     * because another instance may have polled since.
     *
     * @param asked the time at which the poll began, by this poller's clock in nanoseconds
     */
    Mono<Void> release(long asked) {
        return Mono.defer(() ->
                clock.nanos() - asked < InMemoryPermits.ONE_POLL ? shared.notBefore(Duration.ZERO) : Mono.empty());
    }

    @Override
    public void dispose() {
        shared.dispose();
    }

    private Duration waitAfter(Polled<?> polled) {
        if (polled.outcome() == Polled.Outcome.RATE_LIMITED) {
            return options.rateLimiterPause;
        }
        @Nullable Instant next = polled.nextPermittedPollTime();
        @Nullable Instant date = polled.date();
        if (next == null || !isOfThisAge(next)) {
            return options.defaultWait;
        }
        if (date == null || !isOfThisAge(date)) {
            // This machine's clock may be wrong, so it decides only whether the next poll is permitted at once.
            boolean atOnce = polled.outcome() == Polled.Outcome.CHANGE && !next.isAfter(clock.wallTime());
            return atOnce ? Duration.ZERO : options.defaultWait;
        }
        // Only a change may be followed by an immediate poll. After other responses, that would be a busy loop.
        Duration wait = Duration.between(date, next);
        if (wait.isNegative() || wait.isZero()) {
            return polled.outcome() == Polled.Outcome.CHANGE ? Duration.ZERO : options.defaultWait;
        }
        return capped(wait.plus(wait.dividedBy(DRIFT)));
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

    /** Returns whether the time is plausible. Some programs send a year such as 1 or 9999 if they have no value. */
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
