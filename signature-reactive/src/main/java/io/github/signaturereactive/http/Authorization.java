package io.github.signaturereactive.http;

import reactor.netty.http.client.HttpClient;

/** What tells the service who makes a request, besides TLS. */
@FunctionalInterface
interface Authorization {

    /** Nothing: TLS told it. */
    Authorization NONE = client -> client;

    /** The same client, whose requests tell it. */
    HttpClient on(HttpClient client);

    /** The service does not believe it, and that is what the call ends with. */
    default void refused(Throwable error) {}
}
