package io.github.signaturereactive;

import io.github.signaturereactive.http.ConnectionLimits;
import java.time.Duration;

/**
 * Timeouts and limits of the connections to the service. Calls and downloads have separate connections and settings. Immutable:
 * the {@code with} methods return a copy.
 *
 * <p>Timeouts must be at least 1 ms. Timeouts above 2^31 - 1 ms (about 24 days) are reduced to that value.
 */
public final class ConnectionSettings {

    /** The maximum timeout, about 24 days. Netty stores timeouts in an {@code int} of milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    static final ConnectionSettings CALLS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 10, 1_000));

    static final ConnectionSettings DOWNLOADS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), 10, 1_000));

    private final ConnectionLimits limits;

    private ConnectionSettings(ConnectionLimits limits) {
        this.limits = limits;
    }

    /**
     * Configures the timeout of connecting. The TLS handshake after it has a timeout of the same length. Defaults to 5 s, for
     * downloads 10 s.
     *
     * @param timeout the timeout
     * @return a copy with the timeout
     * @throws IllegalArgumentException if the timeout is less than 1 ms
     */
    public ConnectionSettings withConnectTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                positive("connectTimeout", timeout),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /**
     * Configures the maximum time to wait for a free connection. Defaults to 5 s, for downloads 10 s.
     *
     * @param timeout the timeout
     * @return a copy with the timeout
     * @throws IllegalArgumentException if the timeout is less than 1 ms
     */
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
     * Configures the timeout from the end of the request to the end of the response headers. Interim responses (1xx; RFC 9110,
     * section 15.2) do not extend it. Defaults to 10 s, for downloads 60 s.
     *
     * @param timeout the timeout
     * @return a copy with the timeout
     * @throws IllegalArgumentException if the timeout is less than 1 ms
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
     * Configures the maximum time without progress while a request or response is transferred, not counting time spent waiting
     * for the subscriber. Defaults to 30 s.
     *
     * <p>The value for calls is also the timeout of the whole body of each response other than a document.
     *
     * @param timeout the timeout
     * @return a copy with the timeout
     * @throws IllegalArgumentException if the timeout is less than 1 ms
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

    /**
     * Configures the maximum number of open connections. Defaults to 10.
     *
     * @param connections the number, at least 1
     * @return a copy with the number
     * @throws IllegalArgumentException if the number is less than 1
     */
    public ConnectionSettings withMaxConnections(int connections) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                positive("maxConnections", connections),
                limits.maxPending()));
    }

    /**
     * Configures the maximum number of requests that wait for a connection. Further requests fail immediately with a
     * {@code ServiceUnreachableException}. Defaults to 1000.
     *
     * @param requests the number, at least 1
     * @return a copy with the number
     * @throws IllegalArgumentException if the number is less than 1
     */
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
