package io.github.signaturereactive.job;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the service and what came back instead of the answer. The service's words may quote what it was sent, so
 * what looks like a personal identification number, an e-mail address or a mobile number is masked, and they are cut to one
 * line of {@value #LONGEST} characters.
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

    private static final int LONGEST = 500;

    private static final Pattern PERSONAL = Pattern.compile("[^\\s<>'\"(),;:]+@[^\\s<>'\"(),;:]+"
            + "|(?<![0-9])[0-9]{6} ?[0-9]{5}(?![0-9])"
            + "|(?<![0-9])(?:(?:\\+|00)[0-9]{2} ?)?[49][0-9]{2} ?[0-9]{2} ?[0-9]{3}(?![0-9])");

    /** Masks and cuts what the service said. */
    public Failure {
        errorCode = errorCode == null ? null : harmless(errorCode);
        errorMessage = errorMessage == null ? null : harmless(errorMessage);
    }

    private static String harmless(String text) {
        String start = text.length() <= 4 * LONGEST ? text : text.substring(0, 4 * LONGEST);
        String line = PERSONAL.matcher(start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip())
                .replaceAll("***");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** The failure in one sentence. */
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
