package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.certificate.PresentedCertificate;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.github.signaturereactive.signingservice.protocol.Response;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/** The HTTP layer of {@link AccessTokens}: {@code POST /oauth2/token} with a form, and a JSON response. */
public final class TokenEndpoint {

    /** The path of the token endpoint. */
    public static final String PATH = "/oauth2/token";

    private static final int SMALL = 64 * 1024;

    private final AccessTokens tokens;
    private final Observations observations;
    private final Clock clock;

    /** Creates the HTTP layer of these access tokens. */
    public TokenEndpoint(AccessTokens tokens, Observations observations, Clock clock) {
        this.tokens = tokens;
        this.observations = observations;
        this.clock = clock;
    }

    /** Starts the endpoint on any free port. */
    public DisposableServer start(LoopResources loops, SslContext tls) {
        return HttpServer.create()
                .runOn(loops)
                .host("localhost")
                .secure(SslProvider.builder().sslContext(tls).build())
                .handle(this::handle)
                .bindNow();
    }

    private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse nettyResponse) {
        // Drawing random tokens may block.
        return body(request)
                .publishOn(Schedulers.boundedElastic())
                .flatMap(body -> NonFatalErrors.defer(() -> {
                    Response response = response(request, body);
                    response.headers().forEach(nettyResponse::header);
                    return nettyResponse
                            .status(response.status())
                            .header(
                                    HttpHeaderNames.CONTENT_LENGTH,
                                    Long.toString(response.body().length()))
                            .send(response.body().content())
                            .then();
                }));
    }

    private static Mono<String> body(HttpServerRequest request) {
        return request.receive()
                .map(ByteBufUtil::getBytes)
                .reduceWith(ByteArrayOutputStream::new, (bytes, more) -> {
                    if (bytes.size() <= SMALL) {
                        bytes.writeBytes(more);
                    }
                    return bytes;
                })
                .map(bytes -> bytes.toString(UTF_8));
    }

    private Response response(HttpServerRequest request, String body) {
        X509Certificate certificate =
                PresentedCertificate.of(request).orElseThrow(() -> new IllegalStateException("TLS demands one"));
        observations.tokenRequested(new Observations.TokenRequest(
                request.method().name(), request.uri(), Exchange.headers(request), body, certificate, clock.instant()));
        try {
            return tokens.planned().orElseGet(() -> tokens.issue(form(request, body), certificate));
        } catch (OAuthException error) {
            return error.response();
        }
    }

    private static Map<String, String> form(HttpServerRequest request, String body) {
        if (!request.uri().equals(PATH)) {
            throw new OAuthException(404, "invalid_request", "There is nothing at this address");
        }
        if (!request.method().name().equals("POST")) {
            throw new OAuthException(405, "invalid_request", "Tokens are asked for by POST");
        }
        String type = String.valueOf(request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE));
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new OAuthException(400, "invalid_request", "The request must be a form");
        }
        return new QueryStringDecoder(body, UTF_8, false)
                .parameters().entrySet().stream()
                        .peek(field -> {
                            if (field.getValue().size() > 1) {
                                throw new OAuthException(400, "invalid_request", "A field stands there twice");
                            }
                        })
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, field -> field.getValue().get(0)));
    }
}
