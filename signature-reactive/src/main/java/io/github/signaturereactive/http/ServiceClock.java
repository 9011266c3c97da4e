package io.github.signaturereactive.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the clock of the service from the {@code Date} headers of its responses.
 *
 * <p>A response with {@code Date: d} was generated after its request was written and before its headers arrived, while the clock
 * of the service was in {@code [d, d + 1 s)}. Each response therefore gives an interval for the difference between that clock and
 * {@link System#nanoTime()}. The intersection of all intervals becomes as short as a round trip.
 *
 * <p>The intersection is widened over time, because the clocks may drift. It is empty if the clock of the service was set, or if
 * a proxy sent an old date. Then only the newest response is used.
 */
final class ServiceClock {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The reciprocal of the assumed drift, which is 200 microseconds per second. Real clocks drift less. */
    private static final long DRIFT = 5_000;

    private boolean known;
    private long aheadAtLeast;
    private long aheadAtMost;
    private long observedAt;

    /**
     * Records a response.
     *
     * @param date the value of its {@code Date} header, or null if the header is missing or malformed
     * @param written the time when the request was written, in nanoseconds of {@link System#nanoTime()}
     * @param received the time when the response headers arrived, in nanoseconds of {@link System#nanoTime()}
     * @return the earliest time that the clock of the service may have shown when the headers arrived, or null if no date is
     *     known
     */
    synchronized @Nullable Instant observe(@Nullable Instant date, long written, long received) {
        if (date != null && date.isAfter(EARLIEST) && date.isBefore(LATEST)) {
            narrow(nanos(date), written, received);
        }
        return known ? instant(aheadAtLeast - drift(received) + received) : null;
    }

    private void narrow(long date, long written, long received) {
        long atLeast = date - received;
        long atMost = date + SECOND - written;
        long drift = drift(received);
        boolean agrees = known && atLeast <= aheadAtMost + drift && atMost >= aheadAtLeast - drift;
        aheadAtLeast = agrees ? Math.max(atLeast, aheadAtLeast - drift) : atLeast;
        aheadAtMost = agrees ? Math.min(atMost, aheadAtMost + drift) : atMost;
        observedAt = received;
        known = true;
    }

    /**
     * Returns the maximum drift since the last observation, in nanoseconds. Responses may be recorded in another order than they
     * arrived, so the absolute difference is used.
     */
    private long drift(long now) {
        return Math.abs(now - observedAt) / DRIFT;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
    }
}
