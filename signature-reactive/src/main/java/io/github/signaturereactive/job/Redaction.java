package io.github.signaturereactive.job;

import java.util.regex.Pattern;

/**
 * Masks what may be personal or secret in the service's words, which may quote what it was sent: personal identification numbers,
 * e-mail addresses, phone numbers and tokens. Job numbers are kept.
 */
final class Redaction {

    private static final String MASK = "***";

    /** Longer texts are cut before they are masked. */
    private static final int MAX_INPUT = 4_000;

    private static final int MAX_OUTPUT = 500;

    /** Longer than anything that is masked: what the cut may have split, and left unmasked, lies within it. */
    private static final int MARGIN = 320;

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\p{Cntrl}\\s\\p{Z}]+");

    private static final Pattern EMAIL = Pattern.compile("[^\\s<>'\"(),;:@]+(?:@|%40)[^\\s<>'\"(),;:@]+");

    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\w+=~-])(?=[\\w+=~-]*\\p{Nd})(?=[\\w+=~-]*\\p{L})[\\w+=~-]{20,}");

    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER =
            Pattern.compile("(?<!\\p{Nd})\\p{Nd}{6}[ .-]?\\p{Nd}{5}(?!\\p{Nd})");

    /** An international number, or a Norwegian one of eight digits in two or more groups. */
    private static final Pattern PHONE_NUMBER =
            Pattern.compile("(?<![\\p{Nd}+])(?:\\+|00)[ (]?\\p{Nd}(?:[ ().-]{0,2}\\p{Nd}){6,13}(?!\\p{Nd})"
                    + "|(?<![\\p{Nd}-])(?:\\p{Nd}{2}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{2}|\\p{Nd}{3}[ .-]\\p{Nd}{2}[ .-]\\p{Nd}{3}"
                    + "|\\p{Nd}{4}[ .-]\\p{Nd}{4})(?![\\p{Nd}-])");

    /** Eight digits in one group, which may also be the number of a job. */
    private static final Pattern EIGHT_DIGITS = Pattern.compile(
            "(?<!\\p{Nd})(?<!(?i)\\bjobb?[ -]?(?:id|number|nummer|no|nr)?\\W{1,3})[2-9]\\p{Nd}{7}(?!\\p{Nd})");

    private Redaction() {}

    /** Returns the text in one line, masked and cut to {@value #MAX_OUTPUT} characters. */
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
