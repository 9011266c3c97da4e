package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.signingservice.signature.TextPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Real PDFs for tests. */
final class Pdfs {

    private Pdfs() {}

    static byte[] withText(String... lines) {
        try {
            return TextPages.pdf(List.of(lines), 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
