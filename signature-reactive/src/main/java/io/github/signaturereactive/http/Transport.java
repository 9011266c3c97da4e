package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ClientClosedException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.resources.LoopResources;

/** The event loops of a client and the connections of its current identity. Closing the client disposes both. */
final class Transport {

    /** The maximum time to wait for one name server. A lookup may query several. */
    private static final Duration MAX_QUERY_TIMEOUT = Duration.ofSeconds(5);

    private final TransportSettings settings;
    /** All open channels. If a channel is added after the group was closed, the group closes it immediately. */
    private final ChannelGroup opened = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private final LoopResources loops;
    private final ClientSchedulers schedulers;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private volatile Connections connections;
    private volatile boolean closed;

    Transport(TransportSettings settings) {
        this.settings = settings;
        this.loops = settings.eventLoops() != null
                ? settings.eventLoops()
                : LoopResources.create("signature-reactive", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
        this.schedulers = new ClientSchedulers(loops.onClient(LoopResources.DEFAULT_NATIVE));
        this.resolver = resolver(loops, settings.calls().connectTimeout());
        this.connections = with(settings.identity());
    }

    private Connections with(Identity identity) {
        return new Connections(identity, settings, loops, schedulers.blocking(), resolver, opened);
    }

    ClientSchedulers schedulers() {
        return schedulers;
    }

    /** Returns the current identity. */
    Identity identity() {
        return connections.identity();
    }

    /** Replaces the identity. Exchanges in flight keep the previous one. */
    synchronized void replaceIdentity(Identity identity) {
        if (closed) {
            throw new ClientClosedException("replaceCertificate");
        }
        Connections before = connections;
        connections = with(identity);
        before.retire();
    }

    /**
     * Uses the connections of the current identity for one exchange. They stay open until the exchange has terminated. Emits
     * {@code ClientClosedException} if the client is closed.
     *
     * @param request method and path, for messages
     * @param exchange creates the exchange
     */
    <T> Flux<T> use(String request, Function<Connections, ? extends Publisher<T>> exchange) {
        return Flux.using(() -> retained(request), exchange, Connections::release);
    }

    /**
     * Returns the current connections after registering a use. Reactor Netty's pool still opens connections after its disposal if
     * it was never used before, so this method checks {@code closed} first.
     */
    private Connections retained(String request) {
        while (!closed) {
            Connections now = connections;
            if (now.retain()) {
                return now;
            }
        }
        throw new ClientClosedException(request);
    }

    /**
     * Closes all connections, then the event loops unless they were given, then all other threads. Completes when all of them
     * have ended. A step that fails does not prevent the next ones.
     */
    Mono<Void> disposeLater() {
        return Flux.concatDelayError(
                        Mono.<Void>fromRunnable(this::refuseMore),
                        FutureMono.deferFuture(opened::close),
                        Mono.defer(() -> connections.disposeLater()),
                        Mono.<Void>fromRunnable(resolver::close),
                        settings.eventLoops() != null
                                ? Mono.<Void>empty()
                                : loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)),
                        schedulers.disposeLater())
                .then();
    }

    private synchronized void refuseMore() {
        closed = true;
    }

    /** Creates the resolver of host names. It uses the event loops of the connections and no further threads. */
    private static AddressResolverGroup<InetSocketAddress> resolver(LoopResources loops, Duration timeout) {
        EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .queryTimeoutMillis(Math.min(timeout.toMillis(), MAX_QUERY_TIMEOUT.toMillis()))
                .nameServerProvider(DnsServerAddressStreamProviders.platformDefault())
                .datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group)));
    }
}
