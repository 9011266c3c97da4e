package io.github.signaturereactive.poll;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the service's clock, from the dates of its answers. A date says in which whole second an answer was made, and
 * the answer was made between asking and getting it; so each answer narrows down by how much the service's clock is ahead of
 * ours. What is permitted at a time of the service's clock is done when that time has surely come.
 */
final class ServiceClock {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** Clocks run faster or slower by less than one in this many. */
    private static final long DRIFT = 5_000;

    private boolean known;
    private long aheadAtLeast;
    private long aheadAtMost;
    private long observedAt;

    /** Takes in the date of an answer, and when, by our time in nanoseconds, it was asked for and got. */
    synchronized void observe(Instant date, long asked, long got) {
        long made = nanos(date);
        long atLeast = made - got;
        long atMost = made + SECOND - asked;
        long drifted = (got - observedAt) / DRIFT;
        boolean agrees = known && atLeast <= aheadAtMost + drifted && atMost >= aheadAtLeast - drifted;
        aheadAtLeast = agrees ? Math.max(atLeast, aheadAtLeast - drifted) : atLeast;
        aheadAtMost = agrees ? Math.min(atMost, aheadAtMost + drifted) : atMost;
        observedAt = got;
        known = true;
    }

    /** How long to wait from now until the service's clock surely shows that time; zero if it already does. */
    synchronized Duration until(Instant time, long now) {
        long ahead = aheadAtLeast - (now - observedAt) / DRIFT;
        return Duration.ofNanos(Math.max(0, nanos(time) - ahead - now));
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }
}
