package io.github.signaturereactive.signingservice;

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
record Response(int status, Map<String, String> headers, Body body, Ending ending, Duration skew) {

    static final String PERMITTED_POLL_TIME = "X-Next-permitted-poll-time";
    static final String CONTENT_TYPE = "Content-Type";

    /**
     * The end of the connection.
     *
     * @param afterBytes the number of bytes of the body that are sent before the connection ends
     * @param reset whether the connection ends with a TCP reset
     */
    record Ending(long afterBytes, boolean reset) {

        /** The connection is kept for the next request. */
        static final Ending NONE = new Ending(-1, false);
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), Body.empty(), Ending.NONE, Duration.ZERO);
    }

    static Response xml(int status, byte[] xml) {
        return of(status, "application/xml", Body.of(xml));
    }

    static Response of(int status, String contentType, Body body) {
        return empty(status).with(CONTENT_TYPE, contentType).with(body);
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, more, body, ending, skew);
    }

    Response without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Response(status, fewer, body, ending, skew);
    }

    Response with(Body newBody) {
        return new Response(status, headers, newBody, ending, skew);
    }

    Response ending(Ending newEnding) {
        return new Response(status, headers, body, newEnding, skew);
    }

    Response skewed(Duration ahead) {
        return new Response(status, headers, body, ending, ahead);
    }
}
