package io.github.signaturereactive.http;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.Failure;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A successful response of the token endpoint (RFC 6749, section 5.1).
 *
 * @param token the access token
 * @param lifetime the lifetime of the token
 */
record TokenResponse(String token, Duration lifetime) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final long LONGEST = Duration.ofDays(365).toSeconds();

    /** Visible ASCII characters, which cannot break the header that contains the token. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private static final Pattern ERROR_CODE = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");
    private static final Pattern ERROR_DESCRIPTION = Pattern.compile("[ -~&&[^\"\\\\]]{1,1000}");

    /** A sequence that is longer than usual words and may be a secret. */
    private static final Pattern SECRET = Pattern.compile("[\\w.~+/=-]{25,}");

    /** Parses a sample. This loads the classes of the JSON parser, so that no call waits for class loading. */
    static void load() {
        if (!JSON.readTree("{\"expires_in\":1,\"access_token\":\"\"}").isObject()) {
            throw new IllegalStateException("JSON cannot be read");
        }
    }

    /**
     * Reads a response.
     *
     * @param request method and URL of the request, for messages
     * @param resource the service for which the token was requested
     * @throws AccessTokenException if the response contains no usable token
     */
    static TokenResponse of(String request, String resource, int status, byte[] body) {
        @Nullable JsonNode json = json(body);
        if (status < 200 || status >= 300) {
            throw refusal(request, resource, status, json);
        }
        if (json == null) {
            throw unusable(request, status, "The body is no JSON object.");
        }
        JsonNode token = json.path("access_token");
        if (!token.isString() || !TOKEN.matcher(token.stringValue()).matches()) {
            throw unusable(request, status, "The body has no usable access_token.");
        }
        JsonNode expiresIn = json.path("expires_in");
        if (!expiresIn.isIntegralNumber()
                || !expiresIn.canConvertToLong()
                || expiresIn.longValue() < 1
                || expiresIn.longValue() > LONGEST) {
            throw unusable(
                    request,
                    status,
                    "In the body, expires_in is missing or is no whole number from 1 to " + LONGEST + ".");
        }
        return new TokenResponse(token.stringValue(), Duration.ofSeconds(expiresIn.longValue()));
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isObject() ? json : null;
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    static AccessTokenException unusable(String request, int status, String explanation) {
        return new AccessTokenException(new Failure(request, true, status, null, null), explanation);
    }

    private static AccessTokenException refusal(String request, String resource, int status, @Nullable JsonNode json) {
        @Nullable String code = json == null ? null : text(json.path("error"), ERROR_CODE);
        @Nullable String description = json == null ? null : text(json.path("error_description"), ERROR_DESCRIPTION);
        return new AccessTokenException(
                new Failure(request, true, status, code, description),
                advice(status, code == null ? "" : code, resource));
    }

    /**
     * Returns the text of an error parameter (RFC 6749, section 5.2) with possible secrets hidden, or null if it is malformed.
     */
    private static @Nullable String text(JsonNode node, Pattern allowed) {
        return node.isString() && allowed.matcher(node.stringValue()).matches()
                ? SECRET.matcher(node.stringValue()).replaceAll("***")
                : null;
    }

    private static @Nullable String advice(int status, String code, String resource) {
        return switch (code) {
            case "invalid_client" ->
                "The client id is not registered there, or is registered with another certificate. A client id is for one certificate,"
                        + " so a new certificate has a new client id.";
            case "invalid_scope" ->
                "Check the broker id. It is issued together with the client id, and is not an organization number.";
            case "invalid_target" ->
                "It issues no tokens for " + resource
                        + ". Check that service URL and token endpoint are of the same environment.";
            case "unauthorized_client", "access_denied" ->
                "The client is not permitted to request tokens for this service. Check its registration.";
            default ->
                status >= 300 && status < 400
                        ? "Redirects are not followed, because the certificate is presented to the configured endpoint only."
                        : null;
        };
    }

    /** Returns the lifetime, without the token. */
    @Override
    public String toString() {
        return "TokenResponse[lifetime=" + lifetime + "]";
    }
}
