package io.github.signaturereactive.http;

import reactor.core.publisher.Mono;

/**
 * The access tokens of one client. A token is fetched when it is first needed, by one request that all waiting calls share, and
 * kept until it is about to expire or the service refuses it. Errors are not kept: the next call fetches again.
 */
final class AccessTokens {

    private final Mono<AccessToken> source;
    private volatile Mono<AccessToken> current;

    /**
     * Creates the cache.
     *
     * @param source fetches a new token on each subscription
     */
    AccessTokens(Mono<AccessToken> source) {
        this.source = source;
        this.current = cached();
    }

    /** Forgets the current token and one that is being fetched. Calls that have it, or wait for it, still use it. */
    void forget() {
        current = cached();
    }

    /** Returns the current token, or a new one if it has been refused or is about to expire. */
    Mono<AccessToken> token() {
        return Mono.defer(() -> current);
    }

    /** All waiting subscribers share one subscription, which is cancelled when the last of them cancels. */
    private Mono<AccessToken> cached() {
        return source.cacheInvalidateIf(AccessToken::isStale);
    }
}
