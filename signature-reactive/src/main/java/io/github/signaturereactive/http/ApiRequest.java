package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.Operation;
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

    /** Returns whether the service may receive the request twice without harm. */
    boolean isRepeatable() {
        return call.operation() != Operation.CREATE;
    }

    /** Returns the failure of this request after a response without an error message. */
    Failure failure(int httpStatus) {
        return failure(httpStatus, null, null);
    }

    /** Returns the failure of this request after a response with an error message. */
    Failure failure(int httpStatus, @Nullable String errorCode, @Nullable String errorMessage) {
        return new Failure(description(), isRepeatable(), httpStatus, errorCode, errorMessage);
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
