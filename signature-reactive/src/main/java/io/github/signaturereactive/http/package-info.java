/**
 * Internal: sends requests to the service and the token endpoint over HTTP. This includes connections, TLS, access tokens, rate
 * limiting, multipart requests, downloads and the mapping of errors. Not part of the public API. May change in any release.
 *
 * <p>The entry point for other packages is {@link io.github.signaturereactive.http.ApiClient}, which is configured with
 * {@link io.github.signaturereactive.http.TransportSettings}.
 */
@NullMarked
package io.github.signaturereactive.http;

import org.jspecify.annotations.NullMarked;
