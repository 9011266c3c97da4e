package io.github.signaturereactive.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The access tokens of one client. A token is fetched when it is needed first, by one request however many wait for it, and kept
 * until it is about to expire or the service refuses it. Errors are not kept: who comes later asks again.
 */
final class AccessTokens {

    private final Mono<AccessToken> source;
    private volatile Mono<AccessToken> kept;

    /** Tokens come from there: each subscription is a new one. */
    AccessTokens(Mono<AccessToken> source) {
        this.source = source;
        this.kept = keep();
    }

    /** Forgets the token that is kept, and the one that is on its way; who has it, or waits for it, goes on with it. */
    void forget() {
        kept = keep();
    }

    /** Those who wait share one subscription, which is cancelled when the last of them is. */
    private Mono<AccessToken> keep() {
        return source.cacheInvalidateIf(AccessToken::isStale);
    }

    /** A token that is not about to expire, unless new ones are. */
    private Mono<AccessToken> token() {
        return Mono.defer(() -> kept);
    }

    /**
     * Makes a call with a token. If the service answers 401, that token is dropped and the call made once more with another:
     * the service refuses tokens before it does anything, so whatever the call does is done once.
     *
     * @param turn completes when a call may begin; each of the two waits for its own
     * @param call makes the call, and says if it was refused
     */
    <T> Flux<T> authorize(Mono<Void> turn, Function<? super Attempt, ? extends Publisher<T>> call) {
        return ready(turn)
                .flatMapMany(first -> Flux.from(call.apply(first)).onErrorResume(first::endedIn, refusal -> {
                    first.token().refuse();
                    return ready(turn).flatMapMany(call);
                }));
    }

    /** The token first, so that those who waited for it do not then go all at once. It may have aged in the queue. */
    private Mono<Attempt> ready(Mono<Void> turn) {
        return token().flatMap(token -> turn.then(Mono.defer(() -> token.isUsable() ? Mono.just(token) : token())))
                .map(Attempt::new);
    }

    /** One call with a token. Whether it was refused is told by its very error: others with that status are not the service's. */
    static final class Attempt implements Authorization {

        private final AccessToken token;
        private volatile @Nullable Throwable refusal;

        private Attempt(AccessToken token) {
            this.token = token;
        }

        AccessToken token() {
            return token;
        }

        @Override
        public HttpClient on(HttpClient client) {
            return token.on(client);
        }

        @Override
        public void refused(Throwable error) {
            refusal = error;
        }

        private boolean endedIn(Throwable error) {
            return error.equals(refusal); // the very same
        }
    }
}
