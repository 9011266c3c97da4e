package io.github.signaturereactive.http;

import reactor.core.publisher.Mono;

/**
 * A cache of the access token of one client.
 *
 * <p>The first call that needs a token requests it, and concurrent calls share that request. The token is cached until it is
 * about to expire or the service refuses it. Errors are not cached: the next call sends a new token request.
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

    /** Clears the cache. Calls that already have a token, or are waiting for one, still use it. */
    void forget() {
        current = cached();
    }

    /** Returns the cached token. Requests a new one if it was refused or is about to expire. */
    Mono<AccessToken> token() {
        return Mono.defer(() -> current);
    }

    /** Shares one subscription to the source between all subscribers. It is cancelled when the last subscriber cancels. */
    private Mono<AccessToken> cached() {
        return source.cacheInvalidateIf(AccessToken::isStale);
    }
}
