package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.signingservice.control.ControlApi;
import io.github.signaturereactive.signingservice.pages.SigningPages;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Routes requests over plain HTTP on the loopback address to the control API and the signing pages. */
record LoopbackRouter(ControlApi control, SigningPages pages) {

    Publisher<Void> handle(HttpServerRequest request, HttpServerResponse nettyResponse) {
        return SigningPages.has(request.uri())
                ? pages.handle(request, nettyResponse)
                : control.handle(request, nettyResponse);
    }
}
