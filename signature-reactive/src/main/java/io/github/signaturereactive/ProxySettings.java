package io.github.signaturereactive;

import io.github.signaturereactive.http.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Settings of a proxy for the connections to the service and to the token endpoint. Immutable: the {@code with} methods return a copy.
 *
 * <p>TLS is end-to-end between the client and the service. The proxy resolves host names.
 */
public final class ProxySettings {

    private final Proxy proxy;
    private final List<String> noProxyHosts;

    private ProxySettings(Proxy proxy, List<String> noProxyHosts) {
        this.proxy = proxy;
        this.noProxyHosts = noProxyHosts;
    }

    /**
     * Creates settings of an HTTP proxy. All connections use the method {@code CONNECT} (RFC 9110, section 9.3.6).
     *
     * @param host the host name or IP address of the proxy
     * @param port the port of the proxy, 1 to 65535
     * @return the settings
     * @throws IllegalArgumentException if the host is blank or the port is out of range
     */
    public static ProxySettings http(String host, int port) {
        return of(Proxy.Type.HTTP, host, port);
    }

    /**
     * Creates settings of a SOCKS 5 proxy (RFC 1928).
     *
     * @param host the host name or IP address of the proxy
     * @param port the port of the proxy, 1 to 65535
     * @return the settings
     * @throws IllegalArgumentException if the host is blank or the port is out of range
     */
    public static ProxySettings socks5(String host, int port) {
        return of(Proxy.Type.SOCKS5, host, port);
    }

    private static ProxySettings of(Proxy.Type type, String host, int port) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host of the proxy must not be blank");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port of the proxy must be 1 to 65535, but was " + port);
        }
        return new ProxySettings(new Proxy(type, host, port, null, null), List.of());
    }

    /**
     * Configures the credentials for the proxy. An HTTP proxy receives them with Basic authentication (RFC 7617), a SOCKS proxy with
     * username/password authentication (RFC 1929). Defaults to no authentication.
     *
     * @param username the username
     * @param password the password
     * @return a copy with the credentials
     */
    public ProxySettings withCredentials(String username, String password) {
        return new ProxySettings(
                new Proxy(
                        proxy.type(),
                        proxy.host(),
                        proxy.port(),
                        Objects.requireNonNull(username, "username"),
                        Objects.requireNonNull(password, "password")),
                noProxyHosts);
    }

    /**
     * Configures the hosts to connect to without the proxy. Replaces the hosts of a previous call. Defaults to none: {@code localhost}
     * is not an exception.
     *
     * @param hosts host names or IP addresses, ignoring case. {@code *.example.com} matches all hosts below {@code example.com}
     * @return a copy with the hosts
     */
    public ProxySettings withNoProxyHosts(String... hosts) {
        return new ProxySettings(proxy, List.of(hosts));
    }

    Proxy proxy() {
        return proxy;
    }

    /** Returns whether the proxy is used for the host. */
    boolean appliesTo(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return noProxyHosts.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .noneMatch(each -> each.startsWith("*.") ? wanted.endsWith(each.substring(1)) : wanted.equals(each));
    }

    /** Returns type, host and port of the proxy, without credentials. */
    @Override
    public String toString() {
        return proxy.toString();
    }
}
