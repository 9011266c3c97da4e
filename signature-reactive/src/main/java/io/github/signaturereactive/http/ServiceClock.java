package io.github.signaturereactive.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the service's clock from the {@code Date} headers of all its responses.
 *
 * <p>A response with {@code Date: d} was generated between the writing of its request and the arrival of its head, while the service's clock
 * was in {@code [d, d + 1 s)}. So each response gives an interval for the difference between that clock and {@link System#nanoTime()},
 * and the intersection of all intervals becomes as short as a round trip. The intersection is widened over time, because the clocks may
 * drift. If it is empty, the service's clock was set, or a proxy sent an old date; then the newest response alone counts.
 */
final class ServiceClock {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** The reciprocal of the assumed drift: less than 200 microseconds per second. */
    private static final long DRIFT = 5_000;

    private boolean known;
    private long aheadAtLeast;
    private long aheadAtMost;
    private long observedAt;

    /**
     * Records a response.
     *
     * @param date its {@code Date}, or null if that was missing or malformed
     * @param written when the request was written, in nanoseconds of {@link System#nanoTime()}
     * @param received when the head of the response arrived, likewise
     * @return the earliest time that the service's clock may have shown when the head arrived, or null if nothing is known of it
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

    /** Returns the drift since the last observation. Heads may be recorded in another order than they arrived. */
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
