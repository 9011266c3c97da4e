package io.github.signaturereactive.http;

import io.github.signaturereactive.job.ServiceUnreachableException;
import reactor.core.publisher.Flux;

/** Delays requests of an organization that has reached the rate limit of the service. */
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
        return Flux.using(
                () -> limiter.slot(origin.organizationOf(request.uri())),
                slot -> slot.acquire().thenMany(Flux.defer(() -> send(request, handler, slot))),
                RateLimiter.Slot::release);
    }

    private <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler, RateLimiter.Slot slot) {
        return next.send(request, response -> {
                    if (response.isRateLimited()) {
                        slot.pause();
                    }
                    slot.release();
                    return handler.handle(response);
                })
                .doOnError(ServiceUnreachableException.class, error -> {
                    if (!error.mayHaveBeenReceived()) {
                        slot.releaseUnused();
                    }
                });
    }
}
