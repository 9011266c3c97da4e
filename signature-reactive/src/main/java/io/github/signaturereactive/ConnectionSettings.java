package io.github.signaturereactive;

import io.github.signaturereactive.http.ConnectionLimits;
import java.time.Duration;

/**
 * Timeouts and limits of the connections to the service. Calls and downloads have separate connections and settings. Immutable: the
 * {@code with} methods return a changed copy. Timeouts are at least one millisecond; those above 24 days mean 24 days.
 */
public final class ConnectionSettings {

    /** About 24 days. Netty stores timeouts in an {@code int} of milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    static final ConnectionSettings CALLS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 10, 1_000));

    static final ConnectionSettings DOWNLOADS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), 10, 1_000));

    private final ConnectionLimits limits;

    private ConnectionSettings(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Sets the timeout of connecting, and of the TLS handshake after it. Defaults to 5 s; downloads 10 s. */
    public ConnectionSettings withConnectTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                positive("connectTimeout", timeout),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /** Sets the maximum wait for a free connection. Defaults to 5 s; downloads 10 s. */
    public ConnectionSettings withAcquireTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                positive("acquireTimeout", timeout),
                limits.responseTimeout(),
                limits.idleTimeout(),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /**
     * Sets the timeout from the end of the request to the end of the response headers. Interim responses (1xx) do not extend
     * it. Defaults to 10 s; downloads 60 s.
     */
    public ConnectionSettings withResponseTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                positive("responseTimeout", timeout),
                limits.idleTimeout(),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /**
     * Sets the maximum time without progress while a request or response is transferred, not counting time spent waiting for the
     * subscriber. Defaults to 30 s.
     */
    public ConnectionSettings withIdleTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                positive("idleTimeout", timeout),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /** Sets the maximum number of open connections. Defaults to 10. */
    public ConnectionSettings withMaxConnections(int connections) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                positive("maxConnections", connections),
                limits.maxPending()));
    }

    /** Sets the maximum number of requests that wait for a connection; more fail at once. Defaults to 1000. */
    public ConnectionSettings withMaxPending(int requests) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                limits.maxConnections(),
                positive("maxPending", requests)));
    }

    ConnectionLimits limits() {
        return limits;
    }

    private static Duration positive(String field, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(field + " must be at least 1 ms, but was " + value);
        }
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
    }

    private static int positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, but was " + value);
        }
        return value;
    }
}
