package io.github.signaturereactive.http;

import io.github.signaturereactive.job.DownloadHeaders;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response of the API whose body has not been read yet. */
final class ClientResponse {

    /** The maximum size of a message that is read into memory. Messages of the service are smaller. */
    private static final int MAX_MESSAGE_BYTES = 1 << 20;

    private final ApiRequest request;
    private final int status;
    private final HttpHeaders headers;
    private final @Nullable Instant serviceTime;
    private final Flux<ByteBuffer> body;
    private final Duration messageTimeout;

    /**
     * Creates a response.
     *
     * @param request the request, including its access token
     * @param serviceTime the earliest time that the clock of the service may have shown when the headers arrived, or null if
     *     unknown
     * @param messageTimeout the timeout of reading a whole message into memory
     */
    ClientResponse(
            ApiRequest request,
            int status,
            HttpHeaders headers,
            @Nullable Instant serviceTime,
            Flux<ByteBuffer> body,
            Duration messageTimeout) {
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.serviceTime = serviceTime;
        this.body = body;
        this.messageTimeout = messageTimeout;
    }

    /** Returns the request, including its access token. */
    ApiRequest request() {
        return request;
    }

    int status() {
        return status;
    }

    HttpHeaders headers() {
        return headers;
    }

    /**
     * Returns whether the rate limiter in front of the service sent this response. Its responses have a {@code DoSFilter} header.
     */
    boolean isRateLimited() {
        return status == 429 && headers.contains("DoSFilter");
    }

    /** Returns the headers of a download. */
    DownloadHeaders downloadHeaders() {
        return new DownloadHeaders(
                length(headers.get(HttpHeaderNames.CONTENT_LENGTH)), headers.get(HttpHeaderNames.CONTENT_TYPE));
    }

    private static @Nullable Long length(@Nullable String value) {
        try {
            return value == null ? null : Long.valueOf(value.strip());
        } catch (NumberFormatException unreadable) {
            return null;
        }
    }

    /**
     * Returns whether the body is a document whose end can be recognized. A body that ends with the connection (RFC 9112, section
     * 6.3) may be truncated without notice. An HTML page comes from a proxy.
     */
    boolean isDocument() {
        return status == 200
                && ContentCodings.unexpected(headers) == null
                && (headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        || headers.containsValue(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true))
                && !"text/html".equals(MediaTypes.withoutParameters(headers.get(HttpHeaderNames.CONTENT_TYPE)));
    }

    /** Returns the body as it arrives. The buffers are owned by the subscriber. */
    Flux<ByteBuffer> body() {
        return body;
    }

    /** Reads the body into memory, after which the connection returns to the pool. */
    Mono<ApiResponse> aggregate() {
        return AggregatedBody.of(body, MAX_MESSAGE_BYTES, messageTimeout, this::tooLarge)
                .map(bytes -> new ApiResponse(request, status, headers, serviceTime, isRateLimited(), bytes));
    }

    private UnexpectedResponseException tooLarge() {
        return new UnexpectedResponseException(
                request.failure(status), "The body has more than " + MAX_MESSAGE_BYTES + " bytes and was not read.");
    }
}
