package io.github.signaturereactive.poll;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/**
 * Whether a queue may be polled: what the service's answers say, as it is shared with other instances. While that cannot be
 * shared, what our own answers said must do.
 */
final class Permission {

    private final String queue;
    private final PollOptions options;
    private final Reporter reporter;
    private final Time time;
    private final PollPermits own;
    private final ServiceClock serviceClock = new ServiceClock();

    Permission(String queue, PollOptions options, Reporter reporter) {
        this.queue = queue;
        this.options = options;
        this.reporter = reporter;
        this.time = options.time;
        this.own = new PollPermits.InMemory(time);
    }

    /** Completes when the queue may be polled; looks again after waiting, since another instance may have polled meanwhile. */
    Mono<Void> await(Stop stop) {
        return Mono.defer(() -> options.permits.untilNextPoll(queue))
                .onErrorResume(error -> {
                    reporter.tell(new PollEvent.PermitsUnavailable(queue, error));
                    return own.untilNextPoll(queue);
                })
                .defaultIfEmpty(Duration.ZERO)
                .flatMap(wait -> wait.isZero() || wait.isNegative() || stop.isStopped()
                        ? Mono.just(true)
                        : stop.orAfter(wait.plus(jitter()), time).thenReturn(false))
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
        return own.notBefore(queue, wait)
                .then(Mono.defer(() -> options.permits.notBefore(queue, wait)))
                .onErrorResume(error -> {
                    reporter.tell(new PollEvent.PermitsUnavailable(queue, error));
                    return Mono.empty();
                })
                .thenReturn(wait);
    }

    private Duration waitAfter(Polled<?> polled, long asked, long got) {
        if (polled.date() != null) {
            serviceClock.observe(polled.date(), asked, got);
        }
        if (polled.outcome() == Polled.Outcome.RATE_LIMITED) {
            return options.rateLimiterPause;
        }
        if (polled.date() == null || polled.nextPermittedPollTime() == null) {
            return options.defaultWait;
        }
        Duration wait = serviceClock.until(polled.nextPermittedPollTime(), got);
        return wait.isZero() && polled.outcome() == Polled.Outcome.TOO_EARLY ? options.defaultWait : wait;
    }

    private Duration jitter() {
        long most = options.jitter.toNanos();
        return most == 0
                ? Duration.ZERO
                : Duration.ofNanos(ThreadLocalRandom.current().nextLong(most + 1));
    }
}
