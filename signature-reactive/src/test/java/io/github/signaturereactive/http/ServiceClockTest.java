package io.github.signaturereactive.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceClockTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;

    private final ServiceClock clock = new ServiceClock();

    /** Observes a date without latency at the given seconds. */
    private Instant observe(Instant date, double seconds) {
        long now = (long) (seconds * SECOND);
        return clock.observe(date, now, now);
    }

    @Test
    void firstDateTellsTheSecond() {
        assertThat(observe(NOON, 0)).isEqualTo(NOON);
    }

    @Test
    void laterDatesNarrowTheInterval() {
        assertThat(observe(NOON, 0)).isEqualTo(NOON);
        // The service's clock shows 12:00:01 as early as a quarter of a second later.
        assertThat(observe(NOON.plusSeconds(1), 0.25)).isEqualTo(NOON.plusSeconds(1));

        assertThat(observe(NOON.plusSeconds(1), 0.75)).isBetween(NOON.plusMillis(1499), NOON.plusMillis(1500));
    }

    @Test
    void responseWithoutDateUsesWhatIsKnown() {
        assertThat(observe(null, 0)).isNull();
        assertThat(observe(NOON, 1)).isEqualTo(NOON);

        assertThat(observe(null, 2)).isBetween(NOON.plusMillis(999), NOON.plusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "+1000000000-12-31T23:59:59Z"})
    void dateOfAnotherAgeIsIgnored(Instant date) {
        assertThat(observe(date, 0)).isNull();
        assertThat(observe(NOON, 1)).isEqualTo(NOON);

        assertThat(observe(date, 1)).isEqualTo(NOON);
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, -2, 2, 86_400})
    void adjustedClockIsLearntFromTheNextDate(long seconds) {
        assertThat(observe(NOON, 0)).isEqualTo(NOON);
        Instant adjusted = NOON.plusSeconds(10 + seconds);

        assertThat(observe(adjusted, 10)).isEqualTo(adjusted);
        assertThat(observe(adjusted.plusSeconds(1), 11))
                .isBetween(adjusted.plusMillis(1000), adjusted.plusMillis(1001));
    }

    @Test
    void oldDateFromProxyIsForgottenWithTheNextDate() {
        assertThat(observe(NOON, 0)).isEqualTo(NOON);
        assertThat(observe(NOON.minusSeconds(3600), 1)).isEqualTo(NOON.minusSeconds(3600));

        assertThat(observe(NOON.plusSeconds(2), 2)).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void dateMayBeAsOldAsTheWritingOfTheRequest() {
        assertThat(observe(NOON, 0)).isEqualTo(NOON);

        // Generated right after the request was written, and 20 seconds on the way.
        Instant earliest = clock.observe(NOON.plusSeconds(1), SECOND, 21 * SECOND);

        assertThat(earliest).isBetween(NOON.plusSeconds(21).minusMillis(10), NOON.plusSeconds(21));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 150", "2, -150", "3, 0", "4, 150"})
    void estimateIsNeverAheadAndWithinRoundTripsOfTheTruth(long seed, long driftPerMillion) {
        var random = new Random(seed);
        long now = random.nextLong(1_000_000 * SECOND) - 500_000 * SECOND;
        long start = now;
        long roundTrip = 5 * MILLISECOND;
        for (int i = 0; i < 5_000; i++) {
            long written = now;
            long generated = written + random.nextLong(roundTrip);
            now = written + roundTrip;
            Instant truth = truth(now - start, driftPerMillion);
            Instant date = truth(generated - start, driftPerMillion).truncatedTo(ChronoUnit.SECONDS);

            Instant earliest = clock.observe(date, written, now);

            assertThat(earliest).isBeforeOrEqualTo(truth);
            if (i > 2_500) {
                assertThat(Duration.between(earliest, truth)).isLessThan(Duration.ofNanos(4 * roundTrip));
            }
            now += random.nextLong(2 * roundTrip);
        }
    }

    private static Instant truth(long elapsed, long driftPerMillion) {
        return NOON.plusMillis(617).plusNanos(elapsed + elapsed / 1_000_000 * driftPerMillion);
    }
}
