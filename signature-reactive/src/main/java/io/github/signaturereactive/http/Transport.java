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
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.resources.LoopResources;

/** The event loops, the connections on them that are made with the certificate of now, and all that goes when the client is closed. */
final class Transport {

    private final TransportSettings settings;
    /** Every open connection; one that is made after closing began is closed at once. */
    private final ChannelGroup opened = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE, true);

    private final LoopResources loops;
    private final AddressResolverGroup<InetSocketAddress> resolver;
    private volatile Connections connections;
    private volatile boolean closed;

    Transport(TransportSettings settings) {
        this.settings = settings;
        this.loops = settings.eventLoops() != null
                ? settings.eventLoops()
                : LoopResources.create("signature-reactive", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
        this.resolver = resolver(loops);
        this.connections = with(settings.identity());
    }

    private Connections with(Identity identity) {
        return new Connections(identity, settings, loops, resolver, opened);
    }

    /** Who we are now. */
    Identity identity() {
        return connections.identity();
    }

    /** Is another from now on; what is under way goes on as the one it began as. */
    synchronized void use(Identity identity) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        Connections before = connections;
        connections = with(identity);
        before.retire();
    }

    /**
     * An exchange over the connections of now, which stay until it has ended.
     *
     * @param request what is asked, as messages tell it
     */
    <T> Flux<T> exchange(String request, Function<Connections, ? extends Publisher<T>> exchange) {
        return Flux.using(() -> retained(request), exchange, Connections::release);
    }

    /** A pool makes new connections even after it has been disposed of, if it was not used before; so look first. */
    private Connections retained(String request) {
        while (!closed) {
            Connections now = connections;
            if (now.retain()) {
                return now;
            }
        }
        throw new ClientClosedException(request);
    }

    /** Closes all connections, then the event loops if they are our own; completes when all that is ours has gone. */
    Mono<Void> disposeLater() {
        return Mono.fromRunnable(this::refuseMore)
                .then(FutureMono.deferFuture(opened::close).onErrorComplete())
                .then(Mono.defer(() -> connections.disposeLater()))
                .then(Mono.fromRunnable(resolver::close))
                .then(
                        settings.eventLoops() != null
                                ? Mono.empty()
                                : loops.disposeLater(Duration.ZERO, Duration.ofSeconds(10)));
    }

    private synchronized void refuseMore() {
        closed = true;
    }

    /** Resolves names on the event loops of the connections, so that there are no threads but those. */
    private static AddressResolverGroup<InetSocketAddress> resolver(LoopResources loops) {
        EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
        return new DnsAddressResolverGroup(new DnsNameResolverBuilder()
                .nameServerProvider(DnsServerAddressStreamProviders.platformDefault())
                .datagramChannelFactory(() -> loops.onChannel(DatagramChannel.class, group)));
    }
}
