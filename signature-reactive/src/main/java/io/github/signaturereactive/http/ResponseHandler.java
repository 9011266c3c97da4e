package io.github.signaturereactive.http;

import org.reactivestreams.Publisher;

/** Handles a response whose body has not been read yet. */
@FunctionalInterface
interface ResponseHandler<T> {

    /**
     * Returns what the caller receives. The publisher must consume the body; if it terminates before, the connection is closed.
     */
    Publisher<T> handle(ClientResponse response);
}
