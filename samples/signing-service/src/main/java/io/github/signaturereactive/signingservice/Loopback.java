package io.github.signaturereactive.signingservice;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Routes requests over plain HTTP on the loopback address to the control API and the signing pages. */
record Loopback(ControlApi control, SigningPages pages) {

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return SigningPages.has(request.uri()) ? pages.handle(request, response) : control.handle(request, response);
    }
}
