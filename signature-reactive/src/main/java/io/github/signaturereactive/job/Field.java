package io.github.signaturereactive.job;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Internal: validation of single fields according to the XSD, for the builders of jobs.
 *
 * <p>Lengths are counted in UTF-16 code units, as the service does, so an emoji counts as two. Error messages contain
 * the field, the limit and the length of the value. They never contain the value.
 */
public final class Field {

    private static final Pattern ORGANIZATION_NUMBER = Pattern.compile("[0-9]{9}");
    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("[0-9]{11}");

    private Field() {}

    /**
     * Validates text that must not be blank.
     *
     * @param field the name of the field in the error message
     * @param value the value
     * @param limit the maximum length in UTF-16 code units
     * @return the value
     * @throws IllegalArgumentException if the value is blank, too long, or contains a character that XML 1.0 does not
     *     allow
     */
    public static String text(String field, String value, int limit) {
        if (Objects.requireNonNull(value, field).isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank; it must have " + range(limit));
        }
        return optionalText(field, value, limit);
    }

    private static String range(int limit) {
        return limit == Integer.MAX_VALUE ? "at least 1 character" : "1 to " + limit + " characters";
    }

    /**
     * Validates text that may be empty.
     *
     * @param field the name of the field in the error message
     * @param value the value
     * @param limit the maximum length in UTF-16 code units
     * @return the value
     * @throws IllegalArgumentException if the value is too long or contains a character that XML 1.0 does not allow
     */
    public static String optionalText(String field, String value, int limit) {
        if (Objects.requireNonNull(value, field).length() > limit) {
            throw new IllegalArgumentException(
                    field + " must have at most " + limit + " characters, but has " + value.length());
        }
        return xmlText(field, value);
    }

    /**
     * Validates an organization number.
     *
     * @param field the name of the field in the error message
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if the value is not nine digits
     */
    public static String organizationNumber(String field, String value) {
        return matching(ORGANIZATION_NUMBER, "nine digits", field, value);
    }

    /**
     * Validates a personal identification number. Check digits are not validated.
     *
     * @param field the name of the field in the error message
     * @param value the value
     * @return the value
     * @throws IllegalArgumentException if the value is not eleven digits
     */
    public static String personalIdentificationNumber(String field, String value) {
        return matching(PERSONAL_IDENTIFICATION_NUMBER, "eleven digits", field, value);
    }

    private static String matching(Pattern pattern, String rule, String field, String value) {
        if (!pattern.matcher(Objects.requireNonNull(value, field)).matches()) {
            throw new IllegalArgumentException(field + " must be " + rule + " (0-9), but the given value with "
                    + value.length() + " characters is not");
        }
        return value;
    }

    /** XML 1.0 section 2.2: no control characters except tab and line breaks, no unpaired surrogates. */
    private static String xmlText(String field, String value) {
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            if (!isXml(character)) {
                throw new IllegalArgumentException(
                        field + " contains the character U+" + String.format("%04X", character) + " at index " + i
                                + ", which XML 1.0 does not allow; remove it");
            }
            i += Character.charCount(character);
        }
        return value;
    }

    private static boolean isXml(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
