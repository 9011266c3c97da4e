package io.github.signaturereactive.http;

import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.xml.UnreadableMessageException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A response of the API whose whole body is in memory. */
public final class ApiResponse {

    private final ApiRequest request;
    private final int status;
    private final @Nullable String mediaType;
    private final @Nullable String coding;
    private final byte[] body;
    private final @Nullable Instant date;
    private final @Nullable Instant serviceTime;
    private final @Nullable Instant nextPermittedPollTime;
    private final boolean rateLimited;

    ApiResponse(
            ApiRequest request,
            int status,
            HttpHeaders headers,
            @Nullable Instant serviceTime,
            boolean rateLimited,
            byte[] body) {
        this.request = request;
        this.status = status;
        this.mediaType = MediaTypes.withoutParameters(headers.get(HttpHeaderNames.CONTENT_TYPE));
        this.coding = ContentCodings.unexpected(headers);
        this.body = body;
        this.date = Dates.httpDate(headers.get(HttpHeaderNames.DATE));
        this.serviceTime = serviceTime;
        this.nextPermittedPollTime = Dates.dateTime(headers.get("X-Next-permitted-poll-time"));
        this.rateLimited = rateLimited;
    }

    /** Returns the HTTP status code. */
    public int status() {
        return status;
    }

    /** Returns whether the status is 2xx. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the body, which is empty if the response has none. */
    byte[] body() {
        return body;
    }

    /**
     * Reads the body as a message.
     *
     * @param reader reads the expected message
     * @return the message
     * @throws UnexpectedResponseException if the body has a content coding or is not the expected message
     */
    public <T> T read(Function<byte[], T> reader) {
        if (coding != null) {
            throw unreadable(ContentCodings.refusal(coding));
        }
        try {
            return reader.apply(body);
        } catch (UnreadableMessageException e) {
            String about = e.signatureJobId() == null ? "" : " (about job " + e.signatureJobId() + ")";
            throw unreadable("The body cannot be read" + about + ": " + e.getMessage() + ".");
        }
    }

    private UnexpectedResponseException unreadable(String explanation) {
        return new UnexpectedResponseException(request.failure(status), explanation);
    }

    /** Returns the first coding of the body that the request did not accept, or null if there is none. */
    @Nullable
    String coding() {
        return coding;
    }

    /** Returns the media type in lower case and without parameters, or null if the {@code Content-Type} header is missing. */
    @Nullable
    String mediaType() {
        return mediaType;
    }

    /** Returns the value of the {@code Date} header, or null if the header is missing or malformed. */
    @Nullable
    Instant date() {
        return date;
    }

    /**
     * Returns the earliest time that the clock of the service may have shown when the headers arrived. It is estimated from the
     * {@code Date} headers of this and earlier responses. Null if none of them had a valid {@code Date}.
     */
    public @Nullable Instant serviceTime() {
        return serviceTime;
    }

    /**
     * Returns the value of the {@code X-Next-permitted-poll-time} header: the time, on the clock of the service, from which the
     * next poll is permitted. Null if the header is missing or malformed.
     */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }

    /** Returns whether the rate limiter in front of the service sent this response, and not the service itself. */
    public boolean isRateLimited() {
        return rateLimited;
    }
}
