package io.github.signaturereactive.connection;

import java.time.Duration;

/**
 * Timeouts and limits of the connections to the service. Calls and downloads have separate connections and settings. Immutable.
 *
 * <p>Timeouts must be at least 1 ms. Timeouts above 2^31 - 1 ms (about 24 days) are reduced to that value.
 */
public final class ConnectionSettings {

    /** The maximum timeout, about 24 days. Netty stores timeouts in an {@code int} of milliseconds. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private final Duration connectTimeout;
    private final Duration acquireTimeout;
    private final Duration responseTimeout;
    private final Duration idleTimeout;
    private final int maxConnections;
    private final int maxPending;

    private ConnectionSettings(Builder builder) {
        this.connectTimeout = builder.connectTimeout;
        this.acquireTimeout = builder.acquireTimeout;
        this.responseTimeout = builder.responseTimeout;
        this.idleTimeout = builder.idleTimeout;
        this.maxConnections = builder.maxConnections;
        this.maxPending = builder.maxPending;
    }

    /** {@return a builder with the defaults of all calls except downloads} */
    public static Builder forCalls() {
        return new Builder(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /** {@return a builder with the defaults of downloads} */
    public static Builder forDownloads() {
        return new Builder(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    /** {@return the timeout of connecting, and again of the TLS handshake} */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** {@return the maximum time to wait for a free connection} */
    public Duration acquireTimeout() {
        return acquireTimeout;
    }

    /** {@return the timeout from the end of the request to the end of the headers of the final response} */
    public Duration responseTimeout() {
        return responseTimeout;
    }

    /** {@return the maximum time without progress while a request or response is transferred} */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** {@return the maximum number of open connections} */
    public int maxConnections() {
        return maxConnections;
    }

    /** {@return the maximum number of requests that wait for a connection} */
    public int maxPending() {
        return maxPending;
    }

    /** A builder of {@link ConnectionSettings}. Not thread-safe. */
    public static final class Builder {

        private Duration connectTimeout;
        private Duration acquireTimeout;
        private Duration responseTimeout;
        private Duration idleTimeout = Duration.ofSeconds(30);
        private int maxConnections = 10;
        private int maxPending = 1_000;

        private Builder(Duration connectTimeout, Duration responseTimeout) {
            this.connectTimeout = connectTimeout;
            this.acquireTimeout = connectTimeout;
            this.responseTimeout = responseTimeout;
        }

        /**
         * Configures the timeout of connecting. The TLS handshake after it has a timeout of the same length. Defaults to 5 s, for
         * downloads 10 s.
         *
         * @param timeout the timeout
         * @return this builder
         * @throws IllegalArgumentException if the timeout is less than 1 ms
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = positive("connectTimeout", timeout);
            return this;
        }

        /**
         * Configures the maximum time to wait for a free connection. Defaults to 5 s, for downloads 10 s.
         *
         * @param timeout the timeout
         * @return this builder
         * @throws IllegalArgumentException if the timeout is less than 1 ms
         */
        public Builder acquireTimeout(Duration timeout) {
            this.acquireTimeout = positive("acquireTimeout", timeout);
            return this;
        }

        /**
         * Configures the timeout from the end of the request to the end of the response headers. Interim responses (1xx; RFC 9110,
         * section 15.2) do not extend it. Defaults to 10 s, for downloads 60 s.
         *
         * @param timeout the timeout
         * @return this builder
         * @throws IllegalArgumentException if the timeout is less than 1 ms
         */
        public Builder responseTimeout(Duration timeout) {
            this.responseTimeout = positive("responseTimeout", timeout);
            return this;
        }

        /**
         * Configures the maximum time without progress while a request or response is transferred, not counting time spent waiting
         * for the subscriber. Defaults to 30 s.
         *
         * <p>The value for calls is also the timeout of the whole body of each response other than a document.
         *
         * @param timeout the timeout
         * @return this builder
         * @throws IllegalArgumentException if the timeout is less than 1 ms
         */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = positive("idleTimeout", timeout);
            return this;
        }

        /**
         * Configures the maximum number of open connections. Defaults to 10.
         *
         * @param connections the number, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxConnections(int connections) {
            this.maxConnections = positive("maxConnections", connections);
            return this;
        }

        /**
         * Configures the maximum number of requests that wait for a connection. Further requests fail immediately with a
         * {@code ServiceUnreachableException}. Defaults to 1000.
         *
         * @param requests the number, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder maxPending(int requests) {
            this.maxPending = positive("maxPending", requests);
            return this;
        }

        /** {@return the settings} */
        public ConnectionSettings build() {
            return new ConnectionSettings(this);
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
}
