package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * A request and its unexpected response. From the response body it contains only the code and the message of the XML
 * element {@code error}, or of an OAuth 2.0 error response. Personal data in them is masked.
 *
 * @param request method and path of the request, without its query
 * @param repeatable whether the service may receive the request twice without harm
 * @param httpStatus the HTTP status of the response
 * @param errorCode the {@code error-code}, or null if the response has none
 * @param errorMessage the {@code error-message} in one line, masked and truncated, or null if the response has none
 */
public record Failure(
        String request,
        boolean repeatable,
        int httpStatus,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    /**
     * Creates the failure. Masks and truncates code and message.
     *
     * @param request method and path of the request, without its query
     * @param repeatable whether the service may receive the request twice without harm
     * @param httpStatus the HTTP status of the response
     * @param errorCode the {@code error-code}, or null if the response has none
     * @param errorMessage the {@code error-message}, or null if the response has none
     */
    public Failure {
        errorCode = errorCode == null ? null : Redaction.redact(errorCode);
        errorMessage = errorMessage == null ? null : Redaction.redact(errorMessage);
    }

    /** Returns whether a repetition may succeed and does no harm. */
    boolean isTransient() {
        return httpStatus == 408 || httpStatus == 429 || (httpStatus >= 500 && repeatable);
    }

    /** Returns the failure as one sentence. */
    String description() {
        var text =
                new StringBuilder(request).append(" was answered with status ").append(httpStatus);
        if (errorCode != null) {
            text.append(", ").append(errorCode);
        }
        if (errorMessage != null && !errorMessage.isEmpty()) {
            text.append(": ").append(errorMessage);
        }
        char last = text.charAt(text.length() - 1);
        return last == '.' || last == '!' ? text.toString() : text.append('.').toString();
    }
}
