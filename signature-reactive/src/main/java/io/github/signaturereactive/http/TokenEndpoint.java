package io.github.signaturereactive.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Asks the token endpoint for access tokens, OAuth 2.0 with client credentials. Who we are is told by our certificate. */
final class TokenEndpoint {

    private static final Logger LOG = Loggers.getLogger(TokenEndpoint.class);

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final TokenSettings settings;
    private final String resource;
    private final String request;
    private final Duration answerTimeout;
    private final Transport transport;
    private final Faults faults;
    private final LongSupplier nanos;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * Describes it; nothing is sent.
     *
     * @param serviceUrl the root URL of the API that the tokens are for
     * @param answerTimeout how long the body of an answer may take
     * @param transport has the connections to it
     * @param faults explains what goes wrong with them
     * @param nanos the clock by which tokens age
     */
    TokenEndpoint(
            TokenSettings settings,
            URI serviceUrl,
            Duration answerTimeout,
            Transport transport,
            Faults faults,
            LongSupplier nanos) {
        TokenResponse.load();
        this.settings = settings;
        // The endpoint compares letter by letter: neither a path nor a slash.
        this.resource = serviceUrl.getScheme() + "://" + serviceUrl.getRawAuthority();
        URI endpoint = settings.endpoint();
        this.request = "POST " + endpoint.getScheme() + "://" + endpoint.getRawAuthority() + endpoint.getRawPath()
                + " for an access token";
        this.answerTimeout = answerTimeout;
        this.transport = transport;
        this.faults = faults;
        this.nanos = nanos;
    }

    /** A new token on each subscription. */
    Mono<AccessToken> token() {
        return Mono.defer(() -> {
            long askedAt = nanos.getAsLong();
            return answer().doOnNext(this::warnOfShortLife)
                    .map(answer -> new AccessToken(answer.token(), askedAt, answer.lifetime(), nanos));
        });
    }

    private Mono<TokenResponse> answer() {
        return transport
                .exchange(
                        request,
                        connections -> Mono.defer(() -> ask(connections))
                                .onErrorMap(error -> explain(connections.identity(), error)))
                .single();
    }

    private Mono<TokenResponse> ask(Connections connections) {
        byte[] form = form(String.valueOf(connections.identity().clientId()));
        return connections
                .tokens()
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "application/json")
                        .set(HttpHeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                        .set(HttpHeaderNames.CONTENT_LENGTH, form.length))
                .post()
                .uri(settings.endpoint())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(form)))
                .response((response, body) -> {
                    int status = response.status().code();
                    return SmallBody.read(body, LARGEST_ANSWER, () -> tooLarge(status))
                            .timeout(answerTimeout)
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
                request, status, "a body of more than " + LARGEST_ANSWER + " bytes, which is not read");
    }

    /** Whatever became of the request for a token, the service itself was sent nothing. */
    private Throwable explain(Identity identity, Throwable error) {
        Throwable explained = faults.explain(request, identity.certificate(), error);
        return explained instanceof ServiceUnreachableException unreachable && unreachable.mayHaveBeenReceived()
                ? new ServiceUnreachableException(
                        String.valueOf(unreachable.getMessage()), false, unreachable.getCause())
                : explained;
    }

    private void warnOfShortLife(TokenResponse answer) {
        if (answer.lifetime().compareTo(AccessToken.MARGIN) <= 0 && !warned.getAndSet(true)) {
            LOG.warn(
                    "The token endpoint {} gives access tokens that are good for {} s only: each is used, but not kept, so that"
                            + " calls ask for one again and again",
                    settings.endpoint().getRawAuthority(),
                    answer.lifetime().toSeconds());
        }
    }
}
