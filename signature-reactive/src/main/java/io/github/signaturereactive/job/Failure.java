package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * What was asked of the service and what came back instead of the answer.
 *
 * @param request method and path of the request, without its query
 * @param httpStatus the HTTP status of the answer
 * @param errorCode the service's error code, if the answer was an error message of the service
 * @param errorMessage the service's words, or the beginning of a body that was no error message
 */
public record Failure(
        String request,
        int httpStatus,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    /** The failure in one sentence. */
    String description() {
        var text =
                new StringBuilder(request).append(" was answered with status ").append(httpStatus);
        if (errorCode != null) {
            text.append(", ").append(errorCode);
        }
        if (errorMessage != null) {
            text.append(": ").append(errorMessage);
        }
        char last = text.charAt(text.length() - 1);
        return last == '.' || last == '!' ? text.toString() : text.append('.').toString();
    }
}
