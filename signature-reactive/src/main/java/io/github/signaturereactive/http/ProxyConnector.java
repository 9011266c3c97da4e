package io.github.signaturereactive.http;

import io.github.signaturereactive.connection.ProxySettings;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** Connects through a proxy. */
final class ProxyConnector {

    private final ProxySettings proxy;
    private final Duration connectTimeout;
    private final Scheduler blocking;

    /**
     * Creates a connector.
     *
     * @param connectTimeout the timeout of opening the tunnel through the proxy
     * @param blocking the scheduler that resolves the host name of the proxy
     */
    ProxyConnector(ProxySettings proxy, Duration connectTimeout, Scheduler blocking) {
        this.proxy = proxy;
        this.connectTimeout = connectTimeout;
        this.blocking = blocking;
    }

    /**
     * Returns a client that connects through the proxy. It leaves host names to the proxy, because this machine may be unable to
     * resolve them.
     */
    HttpClient through(HttpClient client) {
        return client.resolver(NoopAddressResolverGroup.INSTANCE)
                .proxyWhen((config, proxies) -> address().map(address -> {
                    ProxyProvider.Builder builder =
                            proxies.type(type()).socketAddress(address).connectTimeoutMillis(connectTimeout.toMillis());
                    String username = proxy.username();
                    String password = proxy.password();
                    return username == null || password == null
                            ? builder
                            : builder.username(username).password(any -> password);
                }));
    }

    private ProxyProvider.Proxy type() {
        return switch (proxy.type()) {
            case HTTP -> ProxyProvider.Proxy.HTTP;
            case SOCKS5 -> ProxyProvider.Proxy.SOCKS5;
        };
    }

    /** Resolves the host name. Reactor Netty would resolve it on an event loop, which must not block. */
    private Mono<InetSocketAddress> address() {
        return Mono.fromCallable(() -> new InetSocketAddress(InetAddress.getByName(proxy.host()), proxy.port()))
                .subscribeOn(blocking)
                .onErrorMap(UnknownHostException.class, e -> new UnknownProxyException(proxy.toString(), e));
    }
}
