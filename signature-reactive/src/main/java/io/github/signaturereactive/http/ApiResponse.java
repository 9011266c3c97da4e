package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.xml.UnreadableMessageException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A response of the API with its whole body in memory. */
public final class ApiResponse {

    private final String request;
    private final int status;
    private final @Nullable String mediaType;
    private final @Nullable String coding;
    private final byte[] body;
    private final @Nullable Instant date;
    private final @Nullable Instant serviceTime;
    private final @Nullable Instant nextPermittedPollTime;
    private final boolean rateLimited;

    ApiResponse(
            String request,
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

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns whether the status is one of success. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the body, empty if there was none. */
    byte[] body() {
        return body;
    }

    /**
     * Reads the body.
     *
     * @param reader reads the expected message
     * @throws UnexpectedResponseException if the body is not that message
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
        return new UnexpectedResponseException(new Failure(request, status, null, null), explanation);
    }

    /** Returns a coding of the body that was not accepted, or null if there is none. */
    @Nullable
    String coding() {
        return coding;
    }

    /** Returns the media type in lower case and without parameters, or null if there was none. */
    @Nullable
    String mediaType() {
        return mediaType;
    }

    /** Returns the value of the {@code Date} header, or null if it was missing or malformed. */
    @Nullable
    Instant date() {
        return date;
    }

    /**
     * Returns the earliest time that the service's clock may have shown when the headers arrived, according to the {@code Date} of this
     * and earlier responses of the service. Null if none of them had one.
     */
    public @Nullable Instant serviceTime() {
        return serviceTime;
    }

    /** Returns when the service permits the next poll, by its own clock, or null if the header was missing or malformed. */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }

    /** Returns whether the rate limiter in front of the service has answered, rather than the service itself. */
    public boolean isRateLimited() {
        return rateLimited;
    }
}
