package io.github.signaturereactive.connection;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a proxy for the connections to the service and to the token endpoint. Immutable.
 *
 * <p>TLS is end-to-end between the client and the service. The proxy resolves host names.
 */
public final class ProxySettings {

    /** The protocol between client and proxy. */
    public enum Type {
        /** HTTP with the method {@code CONNECT} (RFC 9110, section 9.3.6). */
        HTTP,
        /** SOCKS 5 (RFC 1928). */
        SOCKS5
    }

    private final Type type;
    private final String host;
    private final int port;
    private final @Nullable String username;
    private final @Nullable String password;
    private final List<String> noProxyHosts;

    private ProxySettings(Builder builder) {
        this.type = builder.type;
        this.host = builder.host;
        this.port = builder.port;
        this.username = builder.username;
        this.password = builder.password;
        this.noProxyHosts = builder.noProxyHosts;
    }

    /**
     * Returns a builder for an HTTP proxy. All connections use the method {@code CONNECT} (RFC 9110, section 9.3.6).
     *
     * @param host the host name or IP address of the proxy
     * @param port the port of the proxy, 1 to 65535
     * @return the builder
     * @throws IllegalArgumentException if the host is blank or the port is out of range
     */
    public static Builder http(String host, int port) {
        return new Builder(Type.HTTP, host, port);
    }

    /**
     * Returns a builder for a SOCKS 5 proxy (RFC 1928).
     *
     * @param host the host name or IP address of the proxy
     * @param port the port of the proxy, 1 to 65535
     * @return the builder
     * @throws IllegalArgumentException if the host is blank or the port is out of range
     */
    public static Builder socks5(String host, int port) {
        return new Builder(Type.SOCKS5, host, port);
    }

    /** {@return the protocol} */
    public Type type() {
        return type;
    }

    /** {@return the host name or IP address of the proxy} */
    public String host() {
        return host;
    }

    /** {@return the port of the proxy} */
    public int port() {
        return port;
    }

    /** {@return the username, or null for no authentication} */
    public @Nullable String username() {
        return username;
    }

    /** {@return the password, or null for no authentication} */
    public @Nullable String password() {
        return password;
    }

    /**
     * Returns whether the proxy is used for a host.
     *
     * @param host the host name or IP address to connect to
     * @return false if the host is one of {@link Builder#noProxyHosts}
     */
    public boolean appliesTo(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return noProxyHosts.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .noneMatch(each -> each.startsWith("*.") ? wanted.endsWith(each.substring(1)) : wanted.equals(each));
    }

    /** Returns type, host and port of the proxy, without credentials. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + " proxy " + host + ":" + port;
    }

    /** A builder of {@link ProxySettings}. Not thread-safe. */
    public static final class Builder {

        private final Type type;
        private final String host;
        private final int port;
        private @Nullable String username;
        private @Nullable String password;
        private List<String> noProxyHosts = List.of();

        private Builder(Type type, String host, int port) {
            if (host.isBlank()) {
                throw new IllegalArgumentException("host of the proxy must not be blank");
            }
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port of the proxy must be 1 to 65535, but was " + port);
            }
            this.type = type;
            this.host = host;
            this.port = port;
        }

        /**
         * Configures the credentials for the proxy. An HTTP proxy receives them with Basic authentication (RFC 7617), a SOCKS proxy with
         * username/password authentication (RFC 1929). Defaults to no authentication.
         *
         * @param username the username
         * @param password the password
         * @return this builder
         */
        public Builder credentials(String username, String password) {
            this.username = Objects.requireNonNull(username, "username");
            this.password = Objects.requireNonNull(password, "password");
            return this;
        }

        /**
         * Configures the hosts to connect to without the proxy. Replaces the hosts of a previous call. Defaults to none: {@code
         * localhost} is not an exception.
         *
         * @param hosts host names or IP addresses, ignoring case. {@code *.example.com} matches all hosts below {@code example.com}
         * @return this builder
         */
        public Builder noProxyHosts(String... hosts) {
            this.noProxyHosts = List.of(hosts);
            return this;
        }

        /** {@return the settings} */
        public ProxySettings build() {
            return new ProxySettings(this);
        }

        /** Returns a description without credentials. */
        @Override
        public String toString() {
            return build().toString();
        }
    }
}
