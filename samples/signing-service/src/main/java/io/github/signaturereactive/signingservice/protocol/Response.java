package io.github.signaturereactive.signingservice.protocol;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response: a status, headers, and a body that is produced while it is sent.
 *
 * @param status the HTTP status
 * @param headers the headers, apart from {@code Date} and {@code Content-Length}, which are added to every response
 * @param body the body
 * @param ending how the connection ends
 * @param skew how much {@code Date} is ahead of the service's clock
 */
public record Response(int status, Map<String, String> headers, Body body, Ending ending, Duration skew) {

    /** The header with the next permitted poll time. */
    public static final String PERMITTED_POLL_TIME = "X-Next-permitted-poll-time";

    /** The header with the media type. */
    public static final String CONTENT_TYPE = "Content-Type";

    /**
     * The end of the connection.
     *
     * @param afterBytes the number of bytes of the body that are sent before the connection ends
     * @param reset whether the connection ends with a TCP reset
     */
    public record Ending(long afterBytes, boolean reset) {

        /** The connection is kept for the next request. */
        public static final Ending NONE = new Ending(-1, false);
    }

    /** Returns a response without a body. */
    public static Response empty(int status) {
        return new Response(status, Map.of(), Body.empty(), Ending.NONE, Duration.ZERO);
    }

    /** Returns a response with an XML body. */
    public static Response xml(int status, byte[] xml) {
        return of(status, "application/xml", Body.of(xml));
    }

    /** Returns a response with a body of this media type. */
    public static Response of(int status, String contentType, Body body) {
        return empty(status).with(CONTENT_TYPE, contentType).with(body);
    }

    /** Returns a copy with this header. */
    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, ending, skew);
    }

    /** Returns a copy without this header. */
    public Response without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Response(status, fewer, body, ending, skew);
    }

    /** Returns a copy with this body. */
    public Response with(Body newBody) {
        return new Response(status, headers, newBody, ending, skew);
    }

    /** Returns a copy with this end of the connection. */
    public Response ending(Ending newEnding) {
        return new Response(status, headers, body, newEnding, skew);
    }

    /** Returns a copy whose {@code Date} is ahead of the clock. */
    public Response skewed(Duration ahead) {
        return new Response(status, headers, body, ending, ahead);
    }
}
