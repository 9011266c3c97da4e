package io.github.signaturereactive;

import io.github.signaturereactive.http.ConnectionLimits;
import java.time.Duration;

/**
 * How long to wait for the service, and how many connections to hold. One of these is for calls and one for downloads,
 * which have connections of their own. Immutable: the {@code with} methods give a changed copy.
 */
public final class ConnectionSettings {

    static final ConnectionSettings CALLS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 10, 1_000));

    static final ConnectionSettings DOWNLOADS = new ConnectionSettings(new ConnectionLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), 10, 1_000));

    private final ConnectionLimits limits;

    private ConnectionSettings(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** Configure how long a connection, and the TLS handshake after it, may take. Defaults to 5 s; downloads 10 s. */
    public ConnectionSettings withConnectTimeout(Duration timeout) {
        return new ConnectionSettings(new ConnectionLimits(
                positive("connectTimeout", timeout),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                limits.maxConnections(),
                limits.maxPending()));
    }

    /** Configure how long to wait for a connection to become free. Defaults to 5 s; downloads 10 s. */
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
     * Configures the time from the end of the request to the end of the response headers. Interim responses (1xx) do not extend
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
     * Configure how long the service may stand still in the middle of taking a request or sending a document. The time a
     * slow consumer takes is not counted. Defaults to 30 s.
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

    /** Configure how many connections may be open at a time. Defaults to 10. */
    public ConnectionSettings withMaxConnections(int connections) {
        return new ConnectionSettings(new ConnectionLimits(
                limits.connectTimeout(),
                limits.acquireTimeout(),
                limits.responseTimeout(),
                limits.idleTimeout(),
                positive("maxConnections", connections),
                limits.maxPending()));
    }

    /** Configure how many requests may wait for a connection at a time; more fail at once. Defaults to 1000. */
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
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(field + " must be 1 ms to 24 days, but was " + value);
        }
        return value;
    }

    private static int positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " must be at least 1, but was " + value);
        }
        return value;
    }
}
