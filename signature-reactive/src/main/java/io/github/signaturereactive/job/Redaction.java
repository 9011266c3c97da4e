package io.github.signaturereactive.job;

import java.util.regex.Pattern;

/**
 * Masks personal data and secrets in error messages of the service, which may quote parts of the request: personal
 * identification numbers, e-mail addresses, phone numbers and tokens. Job ids are kept.
 */
final class Redaction {

    private static final String MASK = "***";

    /** Longer input is truncated before it is masked. */
    private static final int MAX_INPUT = 4_000;

    private static final int MAX_OUTPUT = 500;

    /**
     * Dropped from the end of truncated input: a secret that was split by the truncation no longer matches its pattern.
     * Longer than any masked value.
     */
    private static final int MARGIN = 320;

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\p{Cntrl}\\s\\p{Z}]+");

    private static final Pattern EMAIL = Pattern.compile("[^\\s<>'\"(),;:@]+(?:@|%40)[^\\s<>'\"(),;:@]+");

    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\w+=~-])(?=[\\w+=~-]*\\p{Nd})(?=[\\w+=~-]*\\p{L})[\\w+=~-]{20,}");

    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER =
            Pattern.compile("(?<!\\p{Nd})\\p{Nd}{6}[ .-]?\\p{Nd}{5}(?!\\p{Nd})");

    /** A number with an international prefix, or eight digits in two or more groups. */
    private static final Pattern PHONE_NUMBER =
            Pattern.compile("(?<![\\p{Nd}+])(?:\\+|00)[ (]?\\p{Nd}(?:[ ().-]{0,2}\\p{Nd}){6,13}(?!\\p{Nd})"
                    + "|(?<![\\p{Nd}-])(?:\\p{Nd}{2}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{2}|\\p{Nd}{3}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{3}"
                    + "|\\p{Nd}{4}[ .-]\\p{Nd}{4})(?![\\p{Nd}-])");

    /** Eight digits in one group, unless the preceding word makes it a job id. */
    private static final Pattern EIGHT_DIGITS = Pattern.compile(
            "(?<!\\p{Nd})(?<!(?i)\\bjobb?[ -]?(?:id|number|nummer|no|nr)?\\W{1,3})[2-9]\\p{Nd}{7}(?!\\p{Nd})");

    private Redaction() {}

    /** {@return the text in one line, masked and truncated to {@value #MAX_OUTPUT} characters} */
    static String redact(String text) {
        String line = WHITE_SPACE
                .matcher(text.substring(0, Math.min(text.length(), MAX_INPUT)))
                .replaceAll(" ")
                .strip();
        String masked = mask(line);
        if (text.length() > MAX_INPUT) {
            masked = masked.substring(0, Math.max(0, masked.length() - MARGIN));
        }
        return masked.length() <= MAX_OUTPUT && text.length() <= MAX_INPUT
                ? masked
                : masked.substring(0, Math.min(masked.length(), MAX_OUTPUT)) + "…";
    }

    private static String mask(String text) {
        String masked = EMAIL.matcher(text).replaceAll(MASK);
        masked = TOKEN.matcher(masked).replaceAll(MASK);
        masked = PERSONAL_IDENTIFICATION_NUMBER.matcher(masked).replaceAll(MASK);
        masked = PHONE_NUMBER.matcher(masked).replaceAll(MASK);
        return EIGHT_DIGITS.matcher(masked).replaceAll(MASK);
    }
}
