package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The names of documents in the bundle: place, title, format, as in {@code 0000_laaneavtale.pdf}. They hold nothing but
 * {@code [0-9a-z._-]}, so that the name of the entry, the {@code href} of the manifest and the URI of the signature's
 * reference are one and the same, and are at most 100 characters long.
 */
final class FileNames {

    private static final int LONGEST = 100;
    private static final String ALPHABET = "-.0123456789_abcdefghijklmnopqrstuvwxyz";
    private static final Pattern SEPARATORS = Pattern.compile("[\\s:;&%$*?+=@,()\\[\\]{}#!\"\u201C\u201D^`\u00B4<>]+");
    private static final Pattern COMBINING_MARKS = Pattern.compile("\\p{M}+");

    private FileNames() {}

    /** The names of these documents, in their order. */
    static List<String> of(List<? extends Document> documents) {
        return IntStream.range(0, documents.size())
                .mapToObj(i -> of(i, documents.get(i)))
                .toList();
    }

    private static String of(int index, Document document) {
        String place = String.format(Locale.ROOT, "%04d_", index);
        String extension = "." + document.type().fileExtension();
        String title = safe(document.title());
        int room = LONGEST - place.length() - extension.length();
        return place + title.substring(0, Math.min(title.length(), room)) + extension;
    }

    /** The title without anything that a file name, a URI or an attribute could take amiss. */
    static String safe(String title) {
        String separated = SEPARATORS.matcher(title).replaceAll("_");
        String norwegian = separated
                .replaceAll("[\u00E6\u00C6]", "ae")
                .replaceAll("[\u00F8\u00D8]", "oe")
                .replaceAll("[\u00E5\u00C5]", "aa");
        String plain = COMBINING_MARKS
                .matcher(Normalizer.normalize(norwegian, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        var safe = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char character = plain.charAt(i);
            safe.append(ALPHABET.indexOf(character) >= 0 ? character : ALPHABET.charAt(character % ALPHABET.length()));
        }
        return safe.toString();
    }
}
