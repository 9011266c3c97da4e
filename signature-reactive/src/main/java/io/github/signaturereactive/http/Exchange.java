package io.github.signaturereactive.http;

import reactor.core.publisher.Flux;

/**
 * Sends requests to the API. Each implementation adds one concern and delegates to the next one; {@link ApiClient} composes them.
 */
interface Exchange {

    /**
     * Sends a request on each subscription and passes its response to the handler.
     *
     * @param request the request
     * @param handler receives the response, with any status, when its headers have arrived
     * @return a publisher that emits the values of the publisher of the handler
     */
    <T> Flux<T> send(ApiRequest request, ResponseHandler<T> handler);
}
