package io.github.signaturereactive.http;

import reactor.core.publisher.Flux;

/** Sends requests to the API. Each concern of a call is one implementation that decorates the next; see {@link ApiClient}. */
interface Exchange {

    /**
     * Sends a request on each subscription and passes its response to the handler.
     *
     * @param request the request
     * @param handler receives the response, success or not, once its headers have arrived
     * @return emits what the handler's publisher emits
     */
    <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler);
}
