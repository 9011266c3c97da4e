package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * A request and the response that came instead of the expected one. Of the response's body it holds only the error code and message
 * of the service's own error format, in which personal data is masked.
 *
 * @param request method and path of the request, without its query
 * @param httpStatus the HTTP status of the response
 * @param errorCode the service's error code, or null if the response was no error message of the service
 * @param errorMessage the service's error message, in one line, masked and cut; or null if the response was none
 */
public record Failure(
        String request,
        int httpStatus,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    /** Masks and cuts the service's words. */
    public Failure {
        errorCode = errorCode == null ? null : Redaction.redact(errorCode);
        errorMessage = errorMessage == null ? null : Redaction.redact(errorMessage);
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
