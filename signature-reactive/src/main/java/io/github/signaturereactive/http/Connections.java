package io.github.signaturereactive.http;

import io.github.signaturereactive.connection.ConnectionSettings;
import io.github.signaturereactive.connection.ProxySettings;
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
 * The connection pools of one identity: one for calls and one for downloads, both to the service, and one to the token endpoint
 * if access tokens are used.
 *
 * <p>A client with a new identity uses new pools. The pools of the previous identity are disposed when the last exchange that
 * uses them has terminated.
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
     * Creates the pools without opening a connection.
     *
     * @param identity the identity of the connections
     * @param loops the event loops of the connections
     * @param blocking the scheduler of private key operations and of the resolution of the proxy host
     * @param resolver resolves host names, unless a proxy does
     * @param opened the group to which each new channel is added
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

    /** Returns the identity of these connections. */
    Identity identity() {
        return identity;
    }

    /**
     * Returns the certificate that the connections present to the service, or null if access tokens authenticate the requests.
     */
    @Nullable
    OrganizationCertificate presented() {
        return settings.tokens() == null ? identity.certificate() : null;
    }

    /** Returns the client for the token endpoint. */
    HttpClient tokens() {
        return Objects.requireNonNull(tokens, "There are no access tokens");
    }

    /**
     * Returns the client for calls with small responses. Reactor Netty retries a request only if its connection was closed before
     * any of the request was sent.
     */
    HttpClient calls() {
        return calls;
    }

    /** Returns the client for create requests, without the retry of Reactor Netty. */
    HttpClient creates() {
        return calls.disableRetry(true);
    }

    /** Returns the client for responses of any size. */
    HttpClient downloads() {
        return downloads;
    }

    /** Registers a use, which {@link #release} ends. Returns false if the pools are retired. */
    synchronized boolean retain() {
        if (retired) {
            return false;
        }
        users++;
        return true;
    }

    /** Ends a use. The last one disposes the pools if they are retired. */
    synchronized void release() {
        users--;
        disposeIfLeft();
    }

    /** Rejects new uses. The pools are disposed when the last current use has ended. */
    synchronized void retire() {
        retired = true;
        disposeIfLeft();
    }

    private void disposeIfLeft() {
        if (retired && users == 0) {
            pools.forEach(ConnectionProvider::dispose);
        }
    }

    /** Disposes the pools even if they are in use. The caller must have requested the close of the open channels before. */
    Mono<Void> disposeLater() {
        return Mono.whenDelayError(
                        pools.stream().map(ConnectionProvider::disposeLater).toList())
                .then(Mono.fromRunnable(this::retire));
    }

    private ConnectionProvider pool(String name, ConnectionSettings limits) {
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

    private HttpClient client(
            String name, ConnectionSettings limits, @Nullable ProxySettings proxy, @Nullable SslContext tls) {
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
            client = new ProxyConnector(proxy, limits.connectTimeout(), blocking).through(client);
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

    /**
     * Creates the TLS context for the service: with the client certificate unless access tokens are used, and without
     * verification of the host name, which the certificate of the service does not contain.
     */
    private TlsContext serviceTls() {
        return TlsContext.create(presented(), settings.serverTrust(), false, this::runBlocking);
    }

    /** Creates the TLS context for the token endpoint: with the client certificate, and with verification of the host name. */
    private TlsContext tokenTls(TokenSettings endpoint) {
        return TlsContext.create(identity.certificate(), endpoint.trust(), true, this::runBlocking);
    }

    private void runBlocking(Runnable task) {
        var unused = blocking.schedule(task);
    }

    /** Starts the timeout of reads when the response headers have arrived. It counts only the time in which a read is pending. */
    private static void demandAware(Connection connection, ConnectionSettings limits) {
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
