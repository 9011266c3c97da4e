package io.github.signaturereactive.signingservice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerRequest;

/** One request that has a route: what it says, who sends it, and the connection it comes over. */
final class Exchange {

    private static final int SMALL = 64 * 1024;

    private final Route route;
    private final HttpServerRequest request;
    private final Observations observations;
    private final Fault fault;

    Exchange(Route route, HttpServerRequest request, Observations observations, Fault fault) {
        this.route = route;
        this.request = request;
        this.observations = observations;
        this.fault = fault;
    }

    Route route() {
        return route;
    }

    /** The body as it arrives; the buffers are released once they have been passed on. */
    Flux<ByteBuf> content() {
        return fault.request(request.receive(), this);
    }

    /** Reads a body that says nothing to its end, so that the connection can be used again. */
    Mono<Void> received() {
        return content().then(Mono.fromRunnable(this::complete));
    }

    /** A body that is small by nature, read to its end; refused if it is not small. */
    Mono<byte[]> small() {
        return content()
                .map(ByteBufUtil::getBytes)
                .reduceWith(ByteArrayOutputStream::new, (bytes, more) -> {
                    if (bytes.size() <= SMALL) {
                        bytes.writeBytes(more);
                    }
                    return bytes;
                })
                .map(bytes -> {
                    complete();
                    if (bytes.size() > SMALL) {
                        throw new Refusal(413, "REQUEST_TOO_LARGE", "The request is limited to " + SMALL + " bytes");
                    }
                    return bytes.toByteArray();
                });
    }

    /** The request has arrived in full. */
    void complete() {
        observations.requestComplete(route.operation());
    }

    String contentType() {
        return Optional.ofNullable(request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                .orElse("");
    }

    /** A parameter of the query, decoded; empty if it is not there. */
    String parameter(String name) {
        List<String> values = new QueryStringDecoder(request.uri()).parameters().get(name);
        return values == null ? "" : values.get(0);
    }

    /** The address as the client sees it, which the links in the answers have to begin with. */
    URI root() {
        return URI.create("https://" + request.requestHeaders().get(HttpHeaderNames.HOST) + "/api");
    }

    static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }

    /** What follows {@code Bearer} in the header {@code Authorization}, if it is that. */
    Optional<String> accessToken() {
        return Optional.ofNullable(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    /** The certificate that the client presented, or null if it presented none. */
    @Nullable
    X509Certificate clientCertificate() {
        return PresentedCertificate.of(request).orElse(null);
    }

    /** Ends the connection in good order, whatever has been promised. */
    Mono<Void> close() {
        return FutureMono.deferFuture(() -> channel().close());
    }

    /** Ends the connection with a TCP reset, past TLS and everything that waits to be sent. */
    Mono<Void> reset() {
        return Mono.fromRunnable(() -> {
            Channel channel = channel();
            channel.eventLoop().execute(() -> {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.unsafe().close(channel.voidPromise());
            });
        });
    }

    private Channel channel() {
        return PresentedCertificate.channel(request);
    }
}
