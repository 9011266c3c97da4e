package io.github.signaturereactive.http;

import org.reactivestreams.Publisher;

/** Handles a response whose body has not been read yet. */
@FunctionalInterface
interface ResponseHandler<T> {

    /**
     * Returns the publisher of the values for the caller. It must consume the body. If it terminates before the body does, the
     * connection is closed.
     */
    Publisher<T> handle(ClientResponse response);
}
