package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts any text to a file name that is valid on Windows, macOS and Linux and in a header. */
final class SafeFileName {

    /**
     * The maximum length in UTF-8. File systems allow 255 bytes, and browsers add a number or an extension while they download.
     */
    private static final int MAX_BYTES = 200;

    private static final char REPLACEMENT = '_';
    private static final String RESERVED_CHARACTERS = "/\\:*?\"<>|";

    private static final Pattern EXTENSION = Pattern.compile("(?s)(.*)(\\.[0-9A-Za-z]{1,10})");

    /** Device names. Windows reserves them with any extension, and ignores spaces before the extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");

    private SafeFileName() {}

    /** Returns a safe name that resembles the given one, or the default if no usable character remains. */
    static String of(String name, String defaultName) {
        String clean = withoutEnd(cleaned(name));
        Matcher split = EXTENSION.matcher(clean);
        boolean hasExtension = split.matches();
        String stem = trimmed(hasExtension ? split.group(1) : clean);
        if (stem.codePoints().allMatch(character -> character == REPLACEMENT)) {
            return defaultName;
        }
        String extension = hasExtension ? split.group(2) : "";
        String cut = trimmed(cut(stem, MAX_BYTES - extension.length())) + extension;
        return DEVICE.matcher(cut).matches() ? REPLACEMENT + cut : cut;
    }

    private static String cleaned(String name) {
        StringBuilder clean = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.FORMAT -> {} // invisible; some reverse the displayed order of characters
                case Character.SPACE_SEPARATOR -> clean.append(' ');
                case Character.CONTROL,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE -> clean.append(REPLACEMENT);
                default -> clean.appendCodePoint(RESERVED_CHARACTERS.indexOf(character) < 0 ? character : REPLACEMENT);
            }
        });
        return clean.toString();
    }

    /**
     * Removes dots and spaces at both ends. Windows drops them at the end, and other systems hide files whose names start with a
     * dot.
     */
    private static String trimmed(String name) {
        int begin = 0;
        while (begin < name.length() && isDotOrBlank(name.charAt(begin))) {
            begin++;
        }
        return withoutEnd(name.substring(begin));
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && isDotOrBlank(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    private static boolean isDotOrBlank(char character) {
        return character == '.' || character == ' ';
    }

    private static String cut(String name, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int next = name.offsetByCodePoints(end, 1);
            bytes += name.substring(end, next).getBytes(UTF_8).length;
            if (bytes > maxBytes) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }
}
