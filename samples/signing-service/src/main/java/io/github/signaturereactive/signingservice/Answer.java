package io.github.signaturereactive.signingservice;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back: a status, headers and a body that starts to be produced when it is sent.
 *
 * @param status the HTTP status
 * @param headers what goes beside {@code Date} and {@code Content-Length}, which every answer gets
 * @param body the body
 */
record Answer(int status, Map<String, String> headers, Body body) {

    static final String PERMITTED_POLL_TIME = "X-Next-permitted-poll-time";
    static final String CONTENT_TYPE = "Content-Type";

    static Answer empty(int status) {
        return new Answer(status, Map.of(), Body.empty());
    }

    static Answer xml(int status, byte[] xml) {
        return of(status, "application/xml", Body.of(xml));
    }

    static Answer of(int status, String contentType, Body body) {
        return new Answer(status, Map.of(CONTENT_TYPE, contentType), body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Answer(status, fewer, body);
    }
}
