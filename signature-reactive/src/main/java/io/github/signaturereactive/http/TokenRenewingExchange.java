package io.github.signaturereactive.http;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Replaces an access token that expired or was refused while its request waited for the {@link RateLimiter}. */
final class TokenRenewingExchange implements Exchange {

    private final AccessTokens tokens;
    private final Exchange next;

    TokenRenewingExchange(AccessTokens tokens, Exchange next) {
        this.tokens = tokens;
        this.next = next;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        return usable(request.token()).flatMapMany(token -> next.send(request.withToken(token), handler));
    }

    private Mono<AccessToken> usable(@Nullable AccessToken token) {
        return Mono.defer(() -> token != null && token.isUsable() ? Mono.just(token) : tokens.token());
    }
}
