package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientResponse;

/**
 * What is known of a download before its first byte.
 *
 * @param contentLength the number of bytes to come, or null if the service did not say
 * @param contentType the media type as it came, or null if the service did not say
 */
public record Head(@Nullable Long contentLength, @Nullable String contentType) {

    static Head of(HttpClientResponse response) {
        var headers = response.responseHeaders();
        return new Head(length(headers.get(HttpHeaderNames.CONTENT_LENGTH)), headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    /**
     * Whether a whole document follows, and its end can be told: one that ends with the connection may be cut short without
     * anybody noticing, and a page in HTML is from a proxy.
     */
    static boolean announcesDocument(HttpClientResponse response) {
        var headers = response.responseHeaders();
        return response.status().code() == 200
                && (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        || headers.containsValue(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true))
                && !"text/html".equals(MediaTypes.withoutParameters(headers.get(HttpHeaderNames.CONTENT_TYPE)));
    }

    private static @Nullable Long length(@Nullable String value) {
        try {
            return value == null ? null : Long.valueOf(value.strip());
        } catch (NumberFormatException unreadable) {
            return null;
        }
    }
}
