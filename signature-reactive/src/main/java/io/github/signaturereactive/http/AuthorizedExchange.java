package io.github.signaturereactive.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Sends each request with an access token, and once more with a new one if the service answers 401. The service refuses a token
 * before it acts, so this holds for every request, those that create a job included.
 *
 * <p>The token is fetched before the request takes part in rate limiting, so that a slow token endpoint holds up no other call.
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
            // Set by this request's own response: a document's publisher may fail with the 401 of another request.
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
