package io.github.signaturereactive.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Adds an access token to each request and sends the request again with a new token if the response is 401.
 *
 * <p>A request is sent at most twice. This is safe for all requests, including those that create a job: the service checks the
 * token before it processes the request.
 *
 * <p>The token is requested before the request waits for the {@link RateLimiter}, so a slow token endpoint does not delay other
 * calls.
 */
final class AuthorizedExchange implements Exchange {

    private final AccessTokens tokens;
    private final Exchange next;

    AuthorizedExchange(AccessTokens tokens, Exchange next) {
        this.tokens = tokens;
        this.next = next;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        return Flux.defer(() -> {
            // Not derived from the error: the publisher of a document may fail with the 401 of another request.
            var refused = new AtomicBoolean();
            Predicate<Throwable> refusal = error -> refused.get();
            return sendWithToken(request, response -> {
                        if (response.status() == 401) {
                            refused.set(true);
                            refuse(response.request().token());
                        }
                        return handler.handle(response);
                    })
                    .onErrorResume(refusal, error -> sendWithToken(request, handler));
        });
    }

    private <T> Flux<T> sendWithToken(ApiRequest request, ResponseHandler<T> handler) {
        return tokens.token().flatMapMany(token -> next.send(request.withToken(token), handler));
    }

    private static void refuse(@Nullable AccessToken token) {
        if (token != null) {
            token.refuse();
        }
    }
}
