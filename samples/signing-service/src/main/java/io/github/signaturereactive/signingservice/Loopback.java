package io.github.signaturereactive.signingservice;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** What is reached over plain HTTP on the loopback address: the control API and the signers' pages. */
record Loopback(ControlApi control, SigningPages pages) {

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return SigningPages.has(request.uri()) ? pages.handle(request, response) : control.handle(request, response);
    }
}
