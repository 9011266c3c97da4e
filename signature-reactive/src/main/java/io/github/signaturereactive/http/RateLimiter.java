package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Spaces out calls so that the service's own limiter, which counts the calls of an organization within a second, finds nothing to
 * complain of. A call below the limit does not wait; those above it wait in line, behind one timer for each organization.
 */
final class RateLimiter {

    /** A little more than the second that the service looks at, since calls do not all travel equally fast. */
    private static final long WINDOW = Duration.ofMillis(1050).toNanos();

    private final int callsPerSecond;
    private final Duration pause;
    private final Scheduler scheduler;
    private final LongSupplier nanos;
    private final Map<String, Organization> organizations = new ConcurrentHashMap<>();

    /**
     * With a limit of zero, calls wait only while the service blocks them.
     *
     * @param pause for how long the service blocks an organization that its own limiter has caught
     */
    RateLimiter(int callsPerSecond, Duration pause, Scheduler scheduler, LongSupplier nanos) {
        this.callsPerSecond = callsPerSecond;
        this.pause = pause;
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Completes when the organization may make one more call; who waits and cancels takes nobody's turn. */
    Mono<Void> turn(String organization) {
        return Mono.defer(() -> organization(organization).turn());
    }

    /** The service has blocked the organization. Those that wait already wait that out, too. */
    void blocked(String organization) {
        organization(organization).block();
    }

    private Organization organization(String number) {
        return organizations.computeIfAbsent(number, any -> new Organization());
    }

    /** The times of an organization's last calls, and who waits for the oldest of them to be a window ago. */
    private final class Organization {

        private final long[] times = new long[callsPerSecond];
        private int oldest;
        private long blockedUntil = Long.MIN_VALUE;

        /** A line from which anybody may leave is more than an operator can do: hence sinks, one for each that waits. */
        private final Set<Sinks.Empty<Void>> waiting = new LinkedHashSet<>();

        private Disposable timer = Disposables.disposed();

        Organization() {
            Arrays.fill(times, Long.MIN_VALUE);
        }

        synchronized void block() {
            blockedUntil = Math.max(blockedUntil, nanos.getAsLong() + pause.toNanos());
        }

        synchronized Mono<Void> turn() {
            long now = nanos.getAsLong();
            if (waiting.isEmpty() && untilNext(now) <= 0) {
                begin(now);
                return Mono.empty();
            }
            if (waiting.isEmpty()) {
                setTimer(now);
            }
            Sinks.Empty<Void> turn = Sinks.empty();
            waiting.add(turn);
            return turn.asMono().doOnCancel(() -> leave(turn));
        }

        private synchronized void leave(Sinks.Empty<Void> turn) {
            waiting.remove(turn);
            if (waiting.isEmpty()) {
                timer.dispose();
            }
        }

        private void callThoseWhoseTurnItIs() {
            for (Sinks.Empty<Void> turn : takeFirst()) {
                turn.tryEmitEmpty().orThrow();
            }
        }

        private synchronized List<Sinks.Empty<Void>> takeFirst() {
            List<Sinks.Empty<Void>> first = new ArrayList<>();
            long now = nanos.getAsLong();
            var line = waiting.iterator();
            while (line.hasNext() && untilNext(now) <= 0) {
                first.add(line.next());
                line.remove();
                begin(now);
            }
            if (line.hasNext()) {
                setTimer(now);
            }
            return first;
        }

        private void setTimer(long now) {
            timer = scheduler.schedule(this::callThoseWhoseTurnItIs, untilNext(now), TimeUnit.NANOSECONDS);
        }

        private long untilNext(long now) {
            long next = times.length == 0 ? blockedUntil : Math.max(blockedUntil, times[oldest] + WINDOW);
            return next <= now ? 0 : next - now;
        }

        private void begin(long now) {
            if (times.length > 0) {
                times[oldest] = now;
                oldest = (oldest + 1) % times.length;
            }
        }
    }
}
