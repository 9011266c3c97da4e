package io.github.signaturereactive.signingservice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.Body;
import io.github.signaturereactive.signingservice.protocol.Json;
import io.github.signaturereactive.signingservice.protocol.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error response of the token endpoint: an HTTP status, and the code and description of the error as in RFC 6749.
 */
final class OAuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String description;

    OAuthException(int status, String code, String description) {
        super(status + " " + code + ": " + description, null, false, false);
        this.status = status;
        this.code = code;
        this.description = description;
    }

    Response response() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error", code);
        json.put("error_description", description);
        return json(status, json);
    }

    static Response json(int status, Map<String, Object> json) {
        return Response.of(status, "application/json", Body.of(Json.write(json).getBytes(UTF_8)))
                .with("Cache-Control", "no-store");
    }
}
