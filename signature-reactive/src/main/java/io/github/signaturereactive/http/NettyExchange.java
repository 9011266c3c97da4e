package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;

/** Sends requests with Reactor Netty, maps connection errors, and estimates the clock of the service. */
final class NettyExchange implements Exchange {

    private final Transport transport;
    private final ConnectionErrors errors;
    private final Duration messageTimeout;
    private final ServiceClock serviceClock = new ServiceClock();

    NettyExchange(Transport transport, ConnectionErrors errors, Duration messageTimeout) {
        this.transport = transport;
        this.errors = errors;
        this.messageTimeout = messageTimeout;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        return transport.use(
                request.description(),
                connections -> Flux.defer(() -> {
                    var progress = new RequestProgress();
                    UnaryOperator<Throwable> explained = error -> errors.explain(
                            request.description(), request.isRepeatable(), connections.presented(), progress, error);
                    return receiver(request, connections, progress)
                            .<T>response((response, body) -> {
                                @Nullable
                                Instant serviceTime = serviceClock.observe(
                                        Dates.httpDate(
                                                response.responseHeaders().get(HttpHeaderNames.DATE)),
                                        progress.writtenAt(),
                                        System.nanoTime());
                                Flux<ByteBuffer> bytes =
                                        body.asByteArray().map(ByteBuffer::wrap).onErrorMap(explained);
                                return handler.handle(new ClientResponse(
                                        request,
                                        response.status().code(),
                                        response.responseHeaders(),
                                        serviceTime,
                                        bytes,
                                        messageTimeout));
                            })
                            .onErrorMap(explained)
                            .cancelOn(Schedulers.fromExecutor(progress::cancel));
                }));
    }

    private static HttpClient.ResponseReceiver<?> receiver(
            ApiRequest request, Connections connections, RequestProgress progress) {
        HttpClient.RequestSender sender = progress.of(client(request, connections))
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
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        if (request.body() != null) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, request.body().contentType());
        }
        if (request.token() != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, request.token().authorization());
        }
    }
}
