package io.github.signaturereactive.http;

import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * A proxy for the connections to a server.
 *
 * @param type the protocol
 * @param host the host name or IP address
 * @param port the port
 * @param username the username, or null for no authentication
 * @param password the password, or null for no authentication
 */
public record Proxy(
        Type type,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password) {

    /** The protocol between client and proxy. */
    public enum Type {
        /** HTTP with the method {@code CONNECT} (RFC 9110, section 9.3.6). */
        HTTP(ProxyProvider.Proxy.HTTP),
        /** SOCKS 5 (RFC 1928). */
        SOCKS5(ProxyProvider.Proxy.SOCKS5);

        private final ProxyProvider.Proxy proxy;

        Type(ProxyProvider.Proxy proxy) {
            this.proxy = proxy;
        }
    }

    /** Leaves host names to the proxy. This machine may be unable to resolve them. */
    static final AddressResolverGroup<?> RESOLVER = NoopAddressResolverGroup.INSTANCE;

    /**
     * Returns the client with this proxy.
     *
     * @param connectTimeout the timeout of opening the tunnel through the proxy
     * @param blocking the scheduler that resolves the host name of the proxy
     */
    HttpClient between(HttpClient client, Duration connectTimeout, Scheduler blocking) {
        return client.resolver(RESOLVER)
                .proxyWhen((config, proxies) -> address(blocking).map(address -> {
                    ProxyProvider.Builder builder = proxies.type(type.proxy)
                            .socketAddress(address)
                            .connectTimeoutMillis(connectTimeout.toMillis());
                    return username == null || password == null
                            ? builder
                            : builder.username(username).password(any -> password);
                }));
    }

    /** Resolves the host name. Reactor Netty would resolve it on an event loop, which must not block. */
    private Mono<InetSocketAddress> address(Scheduler blocking) {
        return Mono.fromCallable(() -> new InetSocketAddress(InetAddress.getByName(host), port))
                .subscribeOn(blocking)
                .onErrorMap(UnknownHostException.class, e -> new UnknownProxyException(toString(), e));
    }

    /** Returns type, host and port, without credentials. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + " proxy " + host + ":" + port;
    }
}
