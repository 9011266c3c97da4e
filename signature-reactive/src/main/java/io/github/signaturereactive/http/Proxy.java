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
 * A proxy, through which all connections are made.
 *
 * @param type how it is spoken to
 * @param host its name or address
 * @param port its port
 * @param username how to log in, or null for not at all
 * @param password how to log in, or null for not at all
 */
public record Proxy(
        Type type,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password) {

    /** How a proxy is spoken to. */
    public enum Type {
        /** By CONNECT. */
        HTTP(ProxyProvider.Proxy.HTTP),
        /** By SOCKS, version 5. */
        SOCKS5(ProxyProvider.Proxy.SOCKS5);

        private final ProxyProvider.Proxy proxy;

        Type(ProxyProvider.Proxy proxy) {
            this.proxy = proxy;
        }
    }

    /** The proxy resolves the names of other hosts, which this machine may not know. */
    static final AddressResolverGroup<?> RESOLVER = NoopAddressResolverGroup.INSTANCE;

    /**
     * Returns the client with this proxy.
     *
     * @param blocking the scheduler that resolves the proxy's host name
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

    /** Resolves the host name, which Reactor Netty would do on an event loop. */
    private Mono<InetSocketAddress> address(Scheduler blocking) {
        return Mono.fromCallable(() -> new InetSocketAddress(InetAddress.getByName(host), port))
                .subscribeOn(blocking)
                .onErrorMap(UnknownHostException.class, e -> new UnknownProxyException(toString(), e));
    }

    /** Tells where it is, not how to log in. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + " proxy " + host + ":" + port;
    }
}
