package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a download.
 *
 * @param contentLength the value of {@code Content-Length} in bytes, or null if the header is missing
 * @param contentType the value of {@code Content-Type}, or null if the header is missing
 */
public record Head(@Nullable Long contentLength, @Nullable String contentType) {

    static Head of(ClientResponse response) {
        var headers = response.headers();
        return new Head(length(headers.get(HttpHeaderNames.CONTENT_LENGTH)), headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    /**
     * Returns whether the body is a document whose end can be recognized. A body that ends with the connection (RFC 9112, section
     * 6.3) may be truncated without notice. An HTML page comes from a proxy.
     */
    static boolean announcesDocument(ClientResponse response) {
        var headers = response.headers();
        return response.status() == 200
                && ContentCodings.unexpected(headers) == null
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
