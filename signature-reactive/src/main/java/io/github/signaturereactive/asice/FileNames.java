package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The names of documents in the bundle. A name consists of index, title and file extension, as in {@code 0000_laaneavtale.pdf}.
 *
 * <p>Names only have characters of {@code [0-9a-z._-]}. They need no encoding, so the zip entry, the {@code href} attribute of the
 * manifest and the {@code URI} attribute of the signature's {@code Reference} are equal. The schema permits 100 characters.
 */
final class FileNames {

    private static final int LONGEST = 100;
    private static final String ALPHABET = "-.0123456789_abcdefghijklmnopqrstuvwxyz";
    private static final Pattern SEPARATORS = Pattern.compile("[\\s:;&%$*?+=@,()\\[\\]{}#!\"\u201C\u201D^`\u00B4<>]+");
    private static final Pattern COMBINING_MARKS = Pattern.compile("\\p{M}+");

    private FileNames() {}

    /** Returns the names of the documents, in the order of the documents. */
    static List<String> of(List<? extends Document> documents) {
        return IntStream.range(0, documents.size())
                .mapToObj(i -> of(i, documents.get(i)))
                .toList();
    }

    private static String of(int index, Document document) {
        String prefix = String.format(Locale.ROOT, "%04d_", index);
        String extension = "." + document.type().fileExtension();
        String title = safe(document.title());
        int room = LONGEST - prefix.length() - extension.length();
        return prefix + title.substring(0, Math.min(title.length(), room)) + extension;
    }

    /** Returns the title with every character outside {@code [0-9a-z._-]} replaced. */
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
