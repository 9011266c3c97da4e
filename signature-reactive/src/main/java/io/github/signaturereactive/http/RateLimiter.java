package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Spaces out calls so that the service's own limiter, which counts the calls of an organization within a second, finds nothing to
 * complain of. A call below the limit does not wait; what waits is a timer.
 */
final class RateLimiter {

    /** A little more than the second that the service looks at, since calls do not all travel equally fast. */
    private static final long WINDOW = Duration.ofMillis(1050).toNanos();

    /** For so long the service's limiter blocks an organization that it has caught. */
    private static final long PAUSE = Duration.ofSeconds(30).toNanos();

    private final int callsPerSecond;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Map<String, Calls> organizations = new ConcurrentHashMap<>();

    /** With a limit of zero, calls wait only while the service blocks them. */
    RateLimiter(int callsPerSecond, Scheduler scheduler, LongSupplier nanos) {
        this.callsPerSecond = callsPerSecond;
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Completes when the organization may make one more call. */
    Mono<Void> turn(String organization) {
        return Mono.defer(() -> {
            long wait = calls(organization).reserve(nanos.getAsLong());
            return wait <= 0
                    ? Mono.empty()
                    : Mono.delay(Duration.ofNanos(wait), scheduler).then();
        });
    }

    /** The service has blocked the organization. */
    void blocked(String organization) {
        calls(organization).blockUntil(nanos.getAsLong() + PAUSE);
    }

    private Calls calls(String organization) {
        return organizations.computeIfAbsent(organization, any -> new Calls(callsPerSecond));
    }

    /** The times of an organization's last calls, of which the oldest must be a window ago before there is another. */
    private static final class Calls {

        private final long[] times;
        private int oldest;
        private long blockedUntil = Long.MIN_VALUE;

        Calls(int limit) {
            this.times = new long[limit];
            Arrays.fill(times, Long.MIN_VALUE);
        }

        synchronized long reserve(long now) {
            long time = Math.max(now, blockedUntil);
            if (times.length > 0) {
                time = Math.max(time, times[oldest] + WINDOW);
                times[oldest] = time;
                oldest = (oldest + 1) % times.length;
            }
            return time - now;
        }

        synchronized void blockUntil(long time) {
            blockedUntil = Math.max(blockedUntil, time);
        }
    }
}
