package io.github.signaturereactive.http;

import io.github.signaturereactive.security.DrainOnWriteFailureHandler;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.security.TlsContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The connections that are made with one certificate: two pools to the service, with TLS, and where there are access tokens a pool
 * to the token endpoint, with a TLS of its own. When another certificate has come, they go as soon as the last call that uses
 * them has ended.
 */
final class Connections {

    private static final String READ_STALL = "signature.readStall";

    private final Identity identity;
    private final TransportSettings settings;
    private final LoopResources loops;
    private final Scheduler blocking;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private final ChannelGroup opened;
    private final List<ConnectionProvider> pools = new ArrayList<>();
    private final HttpClient calls;
    private final HttpClient downloads;
    private final @Nullable HttpClient tokens;
    private int users;
    private boolean retired;

    /**
     * Makes the pools; connects to nothing yet.
     *
     * @param identity who we are
     * @param opened is told of every connection
     */
    Connections(
            Identity identity,
            TransportSettings settings,
            LoopResources loops,
            Scheduler blocking,
            AddressResolverGroup<InetSocketAddress> resolver,
            ChannelGroup opened) {
        this.identity = identity;
        this.settings = settings;
        this.loops = loops;
        this.blocking = blocking;
        this.resolver = resolver;
        this.opened = opened;
        @Nullable SslContext tls = isPlain(settings.serviceUrl()) ? null : serviceTls();
        this.calls = client("signature-calls", settings.calls(), settings.proxy(), tls);
        this.downloads = client("signature-downloads", settings.downloads(), settings.proxy(), tls)
                .doOnResponse((response, connection) -> demandAware(connection, settings.downloads()))
                .doAfterResponseSuccess((response, connection) -> remove(connection, READ_STALL));
        this.tokens = settings.tokens() == null ? null : tokens(settings.tokens());
    }

    private HttpClient tokens(TokenSettings endpoint) {
        @Nullable SslContext tls = isPlain(endpoint.endpoint()) ? null : tokenTls(endpoint);
        return client("signature-tokens", settings.calls(), endpoint.proxy(), tls);
    }

    /** Who we are on these connections. */
    Identity identity() {
        return identity;
    }

    /** The certificate that these connections present to the API, or null if tokens tell who we are. */
    @Nullable
    OrganizationCertificate presented() {
        return settings.tokens() == null ? identity.certificate() : null;
    }

    /** To the token endpoint. */
    HttpClient tokens() {
        return Objects.requireNonNull(tokens, "There are no access tokens");
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
            pools.forEach(ConnectionProvider::dispose);
        }
    }

    /** Closes all connections, whoever uses them; those open must have been told to close already. */
    Mono<Void> disposeLater() {
        return Mono.whenDelayError(
                        pools.stream().map(ConnectionProvider::disposeLater).toList())
                .then(Mono.fromRunnable(this::retire));
    }

    private ConnectionProvider pool(String name, ConnectionLimits limits) {
        ConnectionProvider pool = ConnectionProvider.builder(name)
                .maxConnections(limits.maxConnections())
                .pendingAcquireMaxCount(limits.maxPending())
                .pendingAcquireTimeout(limits.acquireTimeout())
                .maxIdleTime(settings.keptIdle())
                .evictInBackground(settings.keptIdle())
                .lifo()
                .build();
        pools.add(pool);
        return pool;
    }

    private HttpClient client(String name, ConnectionLimits limits, @Nullable Proxy proxy, @Nullable SslContext tls) {
        HttpClient client = HttpClient.create(pool(name, limits))
                .runOn(loops)
                .resolver(resolver)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(limits.connectTimeout().toMillis()))
                .headers(headers -> headers.set("User-Agent", settings.userAgent()))
                .doOnChannelInit((observer, channel, address) -> {
                    opened.add(channel);
                    channel.pipeline()
                            .addFirst(new DrainOnWriteFailureHandler())
                            .addAfter(NettyPipeline.HttpCodec, null, RequestProgress.handler())
                            .addAfter(NettyPipeline.HttpCodec, null, new WriteStallHandler(limits.idleTimeout()))
                            .addAfter(
                                    NettyPipeline.HttpCodec, null, new ResponseTimeoutHandler(limits.responseTimeout()))
                            .addAfter(NettyPipeline.HttpCodec, null, new InterimResponseHandler());
                });
        if (proxy != null) {
            client = proxy.between(client, limits.connectTimeout(), blocking);
        }
        if (settings.wiretap()) {
            client = Wiretap.on(client);
        }
        if (tls == null) {
            return client;
        }
        return client.secure(reactor.netty.tcp.SslProvider.builder()
                .sslContext(tls)
                .handshakeTimeout(limits.connectTimeout())
                .closeNotifyFlushTimeout(Duration.ofMillis(200))
                .build());
    }

    private static boolean isPlain(URI url) {
        return url.getScheme().equalsIgnoreCase("http");
    }

    /** Creates the TLS for the API: the client certificate unless access tokens replace it, and no host name verification. */
    private TlsContext serviceTls() {
        return TlsContext.create(presented(), settings.serverTrust(), false, this::runBlocking);
    }

    /** Creates the TLS for the token endpoint: the client certificate, and host name verification. */
    private TlsContext tokenTls(TokenSettings endpoint) {
        return TlsContext.create(identity.certificate(), endpoint.trust(), true, this::runBlocking);
    }

    private void runBlocking(Runnable task) {
        var unused = blocking.schedule(task);
    }

    /** From the first byte of an answer on, only reads that somebody waits for are timed. */
    private static void demandAware(Connection connection, ConnectionLimits limits) {
        remove(connection, READ_STALL);
        connection.channel().pipeline().addFirst(READ_STALL, new ReadStallHandler(limits.idleTimeout()));
    }

    private static void remove(Connection connection, String handler) {
        var pipeline = connection.channel().pipeline();
        if (pipeline.get(handler) != null) {
            pipeline.remove(handler);
        }
    }
}
