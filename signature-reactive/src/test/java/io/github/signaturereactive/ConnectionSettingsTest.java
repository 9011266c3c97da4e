package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.http.ConnectionLimits;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the durations of all methods of {@link ConnectionSettings}. */
class ConnectionSettingsTest {

    static Stream<Method> timeouts() {
        return Arrays.stream(ConnectionSettings.class.getMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Duration.class));
    }

    private static String name(Method timeout) {
        String name = timeout.getName().substring("with".length());
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static Duration set(Method timeout, Duration value) throws Exception {
        ConnectionSettings changed = (ConnectionSettings) timeout.invoke(ConnectionSettings.CALLS, value);
        return (Duration) ConnectionLimits.class.getMethod(name(timeout)).invoke(changed.limits());
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
                    .hasMessage(name(timeout) + " must be at least 1 ms, but was " + tooShort);
        }
    }
}
