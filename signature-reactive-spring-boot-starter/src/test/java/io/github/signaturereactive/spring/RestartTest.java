package io.github.signaturereactive.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.PreconditionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartTest {

    private static final Restart RESTART = new Restart(Duration.ofSeconds(5), Duration.ofMinutes(5));

    @ParameterizedTest
    @CsvSource({"0, 5", "1, 10", "2, 20", "5, 160", "6, 300", "31, 300", "2147483647, 300"})
    void waitDoublesUpToLongest(int errorsBefore, long seconds) {
        Duration least = Duration.ofSeconds(seconds);

        assertThat(RESTART.after(new IllegalStateException(), errorsBefore))
                .isBetween(least, least.multipliedBy(3).dividedBy(2));
    }

    @Test
    void errorOfServiceOrClientWaitsLongestImmediately() {
        assertThat(RESTART.after(
                        new PreconditionException(PreconditionException.Reason.NO_SENDER, "There is no sender"), 0))
                .isBetween(Duration.ofMinutes(5), Duration.ofSeconds(450));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
    void rejectsInvalidWaits(Duration first, Duration longest) {
        assertThatThrownBy(() -> new Restart(first, longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first.toString());
    }
}
