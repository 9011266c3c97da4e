package io.github.signaturereactive.http;

import io.github.signaturereactive.security.LastWords;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLException;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The connections that are made with one certificate: two pools, and TLS. When another certificate has come, they go as soon as
 * the last call that uses them has ended.
 */
final class Connections {

    private static final Logger LOG = Loggers.getLogger(Connections.class);

    private static final String STALLED_WRITE = "signature.stalledWrite";
    private static final String STALLED_READ = "signature.stalledRead";

    private final OrganizationCertificate certificate;
    private final SslContext tls;
    private final ConnectionProvider callPool;
    private final ConnectionProvider downloadPool;
    private final HttpClient calls;
    private final HttpClient downloads;
    private int users;
    private boolean retired;

    /**
     * Makes the pools; connects to nothing yet.
     *
     * @param certificate who we are
     * @param opened is told of every connection
     */
    Connections(
            OrganizationCertificate certificate,
            TransportSettings settings,
            LoopResources loops,
            AddressResolverGroup<InetSocketAddress> resolver,
            ChannelGroup opened) {
        this.certificate = certificate;
        this.tls = tls(certificate, settings);
        this.callPool = pool("signature-calls", settings.calls(), settings.keptIdle());
        this.downloadPool = pool("signature-downloads", settings.downloads(), settings.keptIdle());
        this.calls = client(callPool, settings.calls(), settings, loops, resolver, opened);
        this.downloads = client(downloadPool, settings.downloads(), settings, loops, resolver, opened)
                .doOnResponse((response, connection) -> demandAware(connection, settings.downloads()))
                .doAfterResponseSuccess((response, connection) -> remove(connection, STALLED_READ));
    }

    /** Who we are on these connections. */
    OrganizationCertificate certificate() {
        return certificate;
    }

    /** For small answers. A request is repeated only if its connection broke before any of it was sent. */
    HttpClient calls() {
        return calls;
    }

    /** For create requests, which are never repeated at all. */
    HttpClient creates() {
        return calls.disableRetry(true);
    }

    /** For answers of any size. */
    HttpClient downloads() {
        return downloads;
    }

    /** Begins a use, which {@link #release} ends; false if these are no longer the ones to use. */
    synchronized boolean retain() {
        if (retired) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void release() {
        users--;
        disposeIfLeft();
    }

    /** Nothing new begins; what is under way goes on. */
    synchronized void retire() {
        retired = true;
        disposeIfLeft();
    }

    private void disposeIfLeft() {
        if (retired && users == 0) {
            callPool.dispose();
            downloadPool.dispose();
            ReferenceCountUtil.release(tls);
        }
    }

    /** Closes all connections, whoever uses them; those open must have been told to close already. */
    Mono<Void> disposeLater() {
        return Mono.whenDelayError(callPool.disposeLater(), downloadPool.disposeLater())
                .then(Mono.fromRunnable(this::retire));
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
            ConnectionProvider pool,
            ConnectionLimits limits,
            TransportSettings settings,
            LoopResources loops,
            AddressResolverGroup<InetSocketAddress> resolver,
            ChannelGroup opened) {
        HttpClient client = HttpClient.create(pool)
                .runOn(loops)
                .resolver(resolver)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connectTimeout().toMillis()))
                .responseTimeout(limits.responseTimeout())
                .headers(headers -> headers.set("User-Agent", settings.userAgent()))
                .doOnChannelInit((observer, channel, address) -> {
                    opened.add(channel);
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

    private static SslContext tls(OrganizationCertificate certificate, TransportSettings settings) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(Tls.PROVIDER)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .keyManager(certificate.keyManager())
                    .trustManager(settings.serverTrust())
                    .endpointIdentificationAlgorithm(null)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
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
