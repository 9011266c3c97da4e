package io.github.signaturereactive.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the durations of all methods of {@link ConnectionSettings}. */
class ConnectionSettingsTest {

    static Stream<Method> timeouts() {
        return Arrays.stream(ConnectionSettings.Builder.class.getMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Duration.class));
    }

    private static Duration set(Method timeout, Duration value) throws Exception {
        var changed = (ConnectionSettings.Builder) timeout.invoke(ConnectionSettings.forCalls(), value);
        return (Duration) ConnectionSettings.class.getMethod(timeout.getName()).invoke(changed.build());
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void longTimeoutIsCappedAtWhatNettyCanStore(Method timeout) throws Exception {
        Duration longest = Duration.ofMillis(Integer.MAX_VALUE);

        assertThat(set(timeout, ChronoUnit.FOREVER.getDuration())).isEqualTo(longest);
        assertThat(set(timeout, Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(longest);
        assertThat(set(timeout, longest.plusMillis(1))).isEqualTo(longest);
        assertThat(set(timeout, Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void timeoutBelowOneMillisecondIsRefused(Method timeout) {
        for (Duration tooShort : new Duration[] {Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(999_999)}) {
            assertThatThrownBy(() -> set(timeout, tooShort))
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(timeout.getName() + " must be at least 1 ms, but was " + tooShort);
        }
    }
}
