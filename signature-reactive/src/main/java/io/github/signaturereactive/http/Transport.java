package io.github.signaturereactive.http;

import io.github.signaturereactive.security.LastWords;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.util.Logger;
import reactor.util.Loggers;

/** The connections: two pools on event loops of our own, with TLS, and all that goes when the client is closed. */
final class Transport {

    private static final Logger LOG = Loggers.getLogger(Transport.class);

    private static final String STALLED_WRITE = "signature.stalledWrite";
    private static final String STALLED_READ = "signature.stalledRead";

    private final SslContext tls;
    /** Every open connection; one that is made after closing began is closed at once. */
    private final ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private final LoopResources loops;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final ConnectionProvider callPool;
    private final ConnectionProvider downloadPool;
    private final HttpClient calls;
    private final HttpClient downloads;
    private volatile boolean closed;

    Transport(TransportSettings settings) {
        this.tls = tls(settings);
        this.loops = LoopResources.create("signature-reactive", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
        this.resolver = resolver(loops);
        this.callPool = pool("signature-calls", settings.calls(), settings.keptIdle());
        this.downloadPool = pool("signature-downloads", settings.downloads(), settings.keptIdle());
        this.calls = client(callPool, settings.calls(), settings, tls);
        this.downloads = client(downloadPool, settings.downloads(), settings, tls)
                .doOnResponse((response, connection) -> demandAware(connection, settings.downloads()))
                .doAfterResponseSuccess((response, connection) -> remove(connection, STALLED_READ));
    }

    /** For small answers. A request is repeated only if its connection broke before any of it was sent. */
    HttpClient calls() {
        return open(calls);
    }

    /** For create requests, which are never repeated at all. */
    HttpClient creates() {
        return open(calls).disableRetry(true);
    }

    /** For answers of any size. */
    HttpClient downloads() {
        return open(downloads);
    }

    /** A pool makes new connections even after it has been disposed of, if it was not used before; so look first. */
    private HttpClient open(HttpClient client) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        return client;
    }

    /** Closes all connections, then the event loops; completes when the last thread has gone. */
    Mono<Void> disposeLater() {
        return Mono.fromRunnable(() -> closed = true)
                .then(FutureMono.deferFuture(connections::close).onErrorComplete())
                .then(Mono.whenDelayError(callPool.disposeLater(), downloadPool.disposeLater()))
                .then(Mono.fromRunnable(resolver::close))
                .then(Mono.fromRunnable(() -> ReferenceCountUtil.release(tls)))
                .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)));
    }

    private static ConnectionProvider pool(String name, ConnectionLimits limits, Duration keptIdle) {
        return ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                .pendingAcquireMaxCount(limits.maxPending())
                .pendingAcquireTimeout(limits.acquireTimeout())
                .maxIdleTime(keptIdle)
                .evictInBackground(keptIdle)
                .lifo()
                .build();
    }

    private HttpClient client(
            ConnectionProvider pool, ConnectionLimits limits, TransportSettings settings, SslContext tls) {
        HttpClient client = HttpClient.create(pool)
                .runOn(loops)
                .resolver(resolver)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connectTimeout().toMillis()))
                .responseTimeout(limits.responseTimeout())
                .headers(headers -> headers.set("User-Agent", settings.userAgent()))
                .doOnChannelInit((observer, channel, address) -> {
                    connections.add(channel);
                    channel.pipeline().addFirst(new LastWords());
                })
                .doOnRequest((request, connection) ->
                        connection.addHandlerFirst(STALLED_WRITE, new StalledWrite(limits.idleTimeout())))
                .doAfterRequest((request, connection) -> remove(connection, STALLED_WRITE));
        if (settings.proxy() != null) {
            client = settings.proxy().between(client, limits.connectTimeout());
        }
        if (settings.wiretap()) {
            client = Wiretap.on(client);
        }
        if (settings.serviceUrl().getScheme().equalsIgnoreCase("http")) {
            return client;
        }
        return client.secure(reactor.netty.tcp.SslProvider.builder()
                .sslContext(tls)
                .handshakeTimeout(limits.connectTimeout())
                .closeNotifyFlushTimeout(Duration.ofMillis(200))
                .build());
    }

    private static SslContext tls(TransportSettings settings) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(Tls.PROVIDER)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .keyManager(settings.certificate().keyManager())
                    .trustManager(settings.serverTrust())
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** Resolves names on the event loops of the connections, so that there are no threads but those. */
    private static AddressResolverGroup<InetSocketAddress> resolver(LoopResources loops) {
        EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .nameServerProvider(DnsServerAddressStreamProviders.platformDefault())
                .datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group)));
    }

    /** From the first byte of an answer on, only reads that somebody waits for are timed. */
    private static void demandAware(Connection connection, ConnectionLimits limits) {
        remove(connection, NettyPipeline.ResponseTimeoutHandler);
        remove(connection, STALLED_READ);
        connection.channel().pipeline().addFirst(STALLED_READ, new StalledRead(limits.idleTimeout()));
    }

    private static void remove(Connection connection, String handler) {
        var pipeline = connection.channel().pipeline();
        if (pipeline.get(handler) != null) {
            pipeline.remove(handler);
        }
    }

    /** Which TLS there is, found out and told once. */
    private static final class Tls {

        static final SslProvider PROVIDER = choose();

        private static SslProvider choose() {
            if (OpenSsl.isAvailable()) {
                LOG.info("TLS by {}", OpenSsl.versionString());
                return SslProvider.OPENSSL;
            }
            LOG.info("TLS by the JDK; netty-tcnative, which is faster, did not load");
            return SslProvider.JDK;
        }
    }
}
