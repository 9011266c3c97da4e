package io.github.signaturereactive.job;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the service demands of single fields, for the builders of this library. Lengths are counted as the service
 * counts them, in UTF-16 code units, so that an emoji takes two. Messages name the field and the limit and tell the
 * value's length, never the value.
 */
public final class Field {

    private static final Pattern ORGANIZATION_NUMBER = Pattern.compile("[0-9]{9}");
    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("[0-9]{11}");

    private Field() {}

    /** Text that must have something other than blanks in it, up to {@code limit} characters long. */
    public static String text(String field, String value, int limit) {
        if (Objects.requireNonNull(value, field).isBlank()) {
            throw new IllegalArgumentException(
                    field + " must not be empty or blank; it may have 1 to " + limit + " characters");
        }
        return optionalText(field, value, limit);
    }

    /** Text that may be empty, up to {@code limit} characters long. */
    public static String optionalText(String field, String value, int limit) {
        if (Objects.requireNonNull(value, field).length() > limit) {
            throw new IllegalArgumentException(
                    field + " may have at most " + limit + " characters, but has " + value.length());
        }
        return xmlText(field, value);
    }

    /** Nine digits. */
    public static String organizationNumber(String field, String value) {
        return matching(ORGANIZATION_NUMBER, "nine digits", field, value);
    }

    /** Eleven digits. */
    public static String personalIdentificationNumber(String field, String value) {
        return matching(PERSONAL_IDENTIFICATION_NUMBER, "eleven digits", field, value);
    }

    private static String matching(Pattern pattern, String rule, String field, String value) {
        if (!pattern.matcher(Objects.requireNonNull(value, field)).matches()) {
            throw new IllegalArgumentException(
                    field + " must be " + rule + ", but was something else, of " + value.length() + " characters");
        }
        return value;
    }

    /** Text that XML 1.0 can carry: no control characters but tab and line break, no half surrogate pairs. */
    private static String xmlText(String field, String value) {
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            if (!isXml(character)) {
                throw new IllegalArgumentException(field + " has a character that XML cannot carry, U+"
                        + String.format("%04X", character) + " at index " + i + "; remove it");
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
