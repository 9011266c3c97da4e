package io.github.signaturereactive.http;

import io.github.signaturereactive.observation.CallObserver;
import reactor.core.publisher.Flux;

/** Notifies the {@link CallObserver} of each request. */
final class ObservedExchange implements Exchange {

    private final CallObserver observer;
    private final Exchange next;

    ObservedExchange(CallObserver observer, Exchange next) {
        this.observer = observer;
        this.next = next;
    }

    @Override
    public <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler) {
        return Flux.deferContextual(context -> Flux.using(
                () -> observer.begin(request.call(), context),
                observed -> next.send(request, response -> {
                            observed.answered(response.status());
                            return handler.handle(response);
                        })
                        .doOnError(observed::failed)
                        .doOnCancel(observed::cancelled)
                        .contextWrite(observed::within),
                CallObserver.Observed::ended));
    }
}
