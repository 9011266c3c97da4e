package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.xml.UnreadableMessageException;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientResponse;

/** A whole answer of the service, small enough to be held in memory. */
public final class Answer {

    private final String request;
    private final int status;
    private final @Nullable String mediaType;
    private final byte[] body;
    private final @Nullable Instant date;
    private final @Nullable Instant nextPermittedPollTime;
    private final boolean rateLimited;

    Answer(String request, HttpClientResponse response, byte[] body) {
        this.request = request;
        var headers = response.responseHeaders();
        this.status = response.status().code();
        this.mediaType = MediaTypes.withoutParameters(headers.get(HttpHeaderNames.CONTENT_TYPE));
        this.body = body;
        this.date = Dates.httpDate(headers.get(HttpHeaderNames.DATE));
        this.nextPermittedPollTime = Dates.dateTime(headers.get("X-Next-permitted-poll-time"));
        this.rateLimited = status == 429 && headers.contains("DoSFilter");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the service did what was asked. */
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body; empty where there was none. */
    byte[] body() {
        return body;
    }

    /**
     * What the body says.
     *
     * @param reading reads the message that was asked for
     * @throws UnexpectedResponseException if the body is something else
     */
    public <T> T read(Function<byte[], T> reading) {
        try {
            return reading.apply(body);
        } catch (UnreadableMessageException e) {
            String about = e.signatureJobId() == null ? "" : " (about job " + e.signatureJobId() + ")";
            throw new UnexpectedResponseException(
                    new Failure(request, status, null, "a body that cannot be read" + about + ": " + e.getMessage()),
                    null);
        }
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The beginning of the body as text. */
    String beginning(int length) {
        return new String(body, 0, Math.min(length, body.length), StandardCharsets.UTF_8)
                + (body.length > length ? "…" : "");
    }

    /** The media type in lower case and without parameters, or null. */
    @Nullable
    String mediaType() {
        return mediaType;
    }

    /** When the service answered, by its own clock, or null if it did not say. */
    public @Nullable Instant date() {
        return date;
    }

    /** When the service permits the next poll, by its own clock, or null if it did not say so readably. */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }

    /** Whether it is the rate limiter that answered, not the service behind it. */
    public boolean isRateLimited() {
        return rateLimited;
    }
}
