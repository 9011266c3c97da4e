package io.github.signaturereactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Requests access tokens with the OAuth 2.0 client credentials grant (RFC 6749, section 4.4). The client certificate
 * authenticates the requests (RFC 8705).
 */
final class TokenEndpoint {

    private static final Logger LOG = Loggers.getLogger(TokenEndpoint.class);

    private static final int MAX_RESPONSE_BYTES = 64 * 1024;

    private final TokenSettings settings;
    private final String resource;
    private final String request;
    private final Duration bodyTimeout;
    private final Transport transport;
    private final ConnectionErrors errors;
    private final LongSupplier nanos;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Creates a token endpoint without sending a request.
     *
     * @param serviceUrl the root URL of the API for which tokens are requested
     * @param bodyTimeout the timeout of a whole response body
     * @param transport provides the connections
     * @param errors maps connection errors
     * @param nanos a monotonic clock for token lifetimes, in nanoseconds
     */
    TokenEndpoint(
            TokenSettings settings,
            URI serviceUrl,
            Duration bodyTimeout,
            Transport transport,
            ConnectionErrors errors,
            LongSupplier nanos) {
        TokenResponse.load();
        this.settings = settings;
        // The endpoint compares the resource (RFC 8707) as text, so it must have no path and no trailing slash.
        this.resource = serviceUrl.getScheme() + "://" + serviceUrl.getRawAuthority();
        URI endpoint = settings.endpoint();
        this.request = "POST " + endpoint.getScheme() + "://" + endpoint.getRawAuthority() + endpoint.getRawPath()
                + " for an access token";
        this.bodyTimeout = bodyTimeout;
        this.transport = transport;
        this.errors = errors;
        this.nanos = nanos;
    }

    /** Requests a new token on each subscription. */
    Mono<AccessToken> token() {
        return Mono.defer(() -> {
            long requestedAt = nanos.getAsLong();
            return response()
                    .doOnNext(this::warnOfShortLifetime)
                    .map(response -> new AccessToken(response.token(), requestedAt, response.lifetime(), nanos));
        });
    }

    private Mono<TokenResponse> response() {
        return transport
                .use(
                        request,
                        connections -> Mono.defer(() -> {
                            var progress = new RequestProgress();
                            return send(connections, progress)
                                    .onErrorMap(error -> explain(connections.identity(), progress, error))
                                    .cancelOn(Schedulers.fromExecutor(progress::cancel));
                        }))
                .single();
    }

    private Mono<TokenResponse> send(Connections connections, RequestProgress progress) {
        byte[] form = form(String.valueOf(connections.identity().clientId()));
        return progress.of(connections.tokens())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "application/json")
                        .set(HttpHeaderNames.ACCEPT_ENCODING, "identity")
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .set(HttpHeaderNames.CONTENT_LENGTH, form.length))
                .post()
                .uri(settings.endpoint())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(form)))
                .response((response, body) -> {
                    int status = response.status().code();
                    return AggregatedBody.of(
                                    body.asByteArray().map(ByteBuffer::wrap),
                                    MAX_RESPONSE_BYTES,
                                    bodyTimeout,
                                    () -> tooLarge(status))
                            .map(bytes -> TokenResponse.of(request, resource, status, bytes));
                })
                .single();
    }

    private byte[] form(String clientId) {
        String form = "grant_type=client_credentials&client_id=" + encoded(clientId) + "&scope="
                + encoded("signering:" + settings.brokerId()) + "&resource=" + encoded(resource);
        return form.getBytes(UTF_8);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }

    private RuntimeException tooLarge(int status) {
        return TokenResponse.unusable(
                request, status, "The body has more than " + MAX_RESPONSE_BYTES + " bytes and was not read.");
    }

    /**
     * Maps an error of the token request. The exception states that the service has not received the call, even if the token
     * endpoint may have received the token request.
     */
    private Throwable explain(Identity identity, RequestProgress progress, Throwable error) {
        Throwable explained = errors.explain(request, true, identity.certificate(), progress, error);
        return explained instanceof ServiceUnreachableException unreachable && unreachable.mayHaveBeenReceived()
                ? new ServiceUnreachableException(
                        String.valueOf(unreachable.getMessage()), false, true, unreachable.getCause())
                : explained;
    }

    private void warnOfShortLifetime(TokenResponse response) {
        if (response.lifetime().compareTo(AccessToken.MARGIN) <= 0 && !warned.getAndSet(true)) {
            LOG.warn(
                    "The token endpoint {} issues access tokens that are valid for only {} s. They are not cached, so every call"
                            + " requests a new one",
                    settings.endpoint().getRawAuthority(),
                    response.lifetime().toSeconds());
        }
    }
}
