package io.github.signaturereactive;

import io.github.signaturereactive.http.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A proxy between this client and the service. TLS goes through it unopened, so the service sees our certificate and we see the
 * service's. The service's name is resolved by the proxy. Immutable: the {@code with} methods give a changed copy.
 */
public final class ProxySettings {

    private final Proxy proxy;
    private final List<String> noProxyHosts;

    private ProxySettings(Proxy proxy, List<String> noProxyHosts) {
        this.proxy = proxy;
        this.noProxyHosts = noProxyHosts;
    }

    /**
     * An HTTP proxy, through which connections are made by {@code CONNECT}, also those without TLS.
     *
     * @param host its name or address
     * @param port 1 to 65535
     */
    public static ProxySettings http(String host, int port) {
        return of(Proxy.Type.HTTP, host, port);
    }

    /**
     * A SOCKS proxy of version 5.
     *
     * @param host its name or address
     * @param port 1 to 65535
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

    /** Configure how to log in to the proxy, with Basic authentication if it is an HTTP proxy. Defaults to not at all. */
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
     * Configure hosts that are reached without the proxy. Defaults to none, not even this machine.
     *
     * @param hosts names or addresses; {@code *.example.com} stands for all below {@code example.com}
     */
    public ProxySettings withNoProxyHosts(String... hosts) {
        return new ProxySettings(proxy, List.of(hosts));
    }

    Proxy proxy() {
        return proxy;
    }

    /** Whether this host is reached through the proxy. */
    boolean appliesTo(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return noProxyHosts.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .noneMatch(each -> each.startsWith("*.") ? wanted.endsWith(each.substring(1)) : wanted.equals(each));
    }

    /** Tells where the proxy is, not how to log in. */
    @Override
    public String toString() {
        return proxy.toString();
    }
}
