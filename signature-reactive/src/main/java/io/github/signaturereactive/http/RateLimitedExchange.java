package io.github.signaturereactive.http;

import reactor.core.publisher.Flux;

/** Delays requests of an organization that has made as many as the service allows it. */
final class RateLimitedExchange implements Exchange {

    private final RateLimiter limiter;
    private final Origin origin;
    private final Exchange next;

    RateLimitedExchange(RateLimiter limiter, Origin origin, Exchange next) {
        this.limiter = limiter;
        this.origin = origin;
        this.next = next;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        String organization = origin.organizationOf(request.uri());
        return limiter.turn(organization).thenMany(next.send(request, response -> {
            if (response.isRateLimited()) {
                limiter.blocked(organization);
            }
            return handler.handle(response);
        }));
    }
}
