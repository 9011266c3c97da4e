package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Sends requests over Reactor Netty and explains connection errors. */
final class NettyExchange implements Exchange {

    private final Transport transport;
    private final ConnectionErrors errors;
    private final Duration messageTimeout;

    NettyExchange(Transport transport, ConnectionErrors errors, Duration messageTimeout) {
        this.transport = transport;
        this.errors = errors;
        this.messageTimeout = messageTimeout;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        return transport.use(
                request.description(),
                connections -> Flux.defer(() -> receiver(request, connections)
                                .<T>response((response, body) -> handle(request, connections, response, body, handler)))
                        .onErrorMap(error -> errors.explain(request.description(), connections.presented(), error)));
    }

    private static HttpClient.ResponseReceiver<?> receiver(ApiRequest request, Connections connections) {
        HttpClient.RequestSender sender = client(request, connections)
                .headers(headers -> setHeaders(headers, request))
                .request(request.method())
                .uri(request.uri());
        RequestBody body = request.body();
        return body == null ? sender : sender.send(body.content());
    }

    private static HttpClient client(ApiRequest request, Connections connections) {
        return switch (request.call().operation()) {
            case CREATE -> connections.creates();
            case DOWNLOAD -> connections.downloads();
            default -> connections.calls();
        };
    }

    private static void setHeaders(HttpHeaders headers, ApiRequest request) {
        headers.set(HttpHeaderNames.ACCEPT, request.accept());
        if (request.body() != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, request.body().contentType());
        }
        if (request.token() != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, request.token().authorization());
        }
    }

    private <T> Publisher<T> handle(
            ApiRequest request,
            Connections connections,
            HttpClientResponse response,
            ByteBufFlux body,
            ResponseHandler<T> handler) {
        Flux<ByteBuffer> bytes = body.asByteArray()
                .map(ByteBuffer::wrap)
                .onErrorMap(error -> errors.explain(request.description(), connections.presented(), error));
        return handler.handle(new ClientResponse(
                request, response.status().code(), response.responseHeaders(), bytes, messageTimeout));
    }
}
