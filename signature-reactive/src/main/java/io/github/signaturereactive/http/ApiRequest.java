package io.github.signaturereactive.http;

import io.github.signaturereactive.observation.Call;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API.
 *
 * @param call the operation and the flow, for observation
 * @param method the HTTP method
 * @param uri the absolute URI
 * @param accept the value of the {@code Accept} header
 * @param body the body, or null if the request has none
 * @param token the access token, or null if the client certificate authenticates the request
 */
record ApiRequest(
        Call call,
        HttpMethod method,
        URI uri,
        String accept,
        @Nullable RequestBody body,
        @Nullable AccessToken token) {

    /** Creates a request without a body that accepts XML. */
    static ApiRequest of(Call call, HttpMethod method, URI uri) {
        return new ApiRequest(call, method, uri, MediaTypes.XML, null, null);
    }

    ApiRequest withAccept(String accept) {
        return new ApiRequest(call, method, uri, accept, body, token);
    }

    ApiRequest withBody(RequestBody body) {
        return new ApiRequest(call, method, uri, accept, body, token);
    }

    ApiRequest withToken(AccessToken token) {
        return new ApiRequest(call, method, uri, accept, body, token);
    }

    /** Returns method and path, for messages. The query is omitted because it may contain a token. */
    String description() {
        return method + " " + uri.getRawPath();
    }

    @Override
    public String toString() {
        return description();
    }
}
