package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.certificate.PresentedCertificate;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Route;
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

/** A request with a known route, its caller and its connection. */
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

    /** Returns the body as it arrives. Each buffer is released after it has been emitted. */
    Flux<ByteBuf> content() {
        return fault.request(request.receive(), this);
    }

    /** Reads an irrelevant body to its end, so that the connection can be reused. */
    Mono<Void> received() {
        return content().then(Mono.fromRunnable(this::complete));
    }

    /** Reads a body that is expected to be small. Refuses the request if the body is too large. */
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
                        throw new ApiException(
                                413, "REQUEST_TOO_LARGE", "The request is limited to " + SMALL + " bytes");
                    }
                    return bytes.toByteArray();
                });
    }

    /** Records that the whole request has arrived. */
    void complete() {
        observations.requestComplete(route.operation());
    }

    String contentType() {
        return Optional.ofNullable(request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                .orElse("");
    }

    /** Returns a decoded parameter of the query, or an empty string if it is missing. */
    String parameter(String name) {
        List<String> values = new QueryStringDecoder(request.uri()).parameters().get(name);
        return values == null ? "" : values.get(0);
    }

    /** Returns the root URL as seen by the client. Links in responses begin with it. */
    URI root() {
        return URI.create("https://" + request.requestHeaders().get(HttpHeaderNames.HOST) + "/api");
    }

    static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.requestHeaders()
                .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }

    /** Returns the token in the header {@code Authorization}, if its scheme is {@code Bearer}. */
    Optional<String> accessToken() {
        return Optional.ofNullable(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))
                .filter(value -> value.startsWith("Bearer "))
                .map(value -> value.substring("Bearer ".length()));
    }

    /** Returns the certificate of the client, or null if it presented none. */
    @Nullable
    X509Certificate clientCertificate() {
        return PresentedCertificate.of(request).orElse(null);
    }

    /** Closes the connection in an orderly way, even if the response is not complete. */
    Mono<Void> close() {
        return FutureMono.deferFuture(() -> channel().close());
    }

    /** Resets the TCP connection, without a TLS close and without sending pending data. */
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
