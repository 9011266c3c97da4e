package io.github.signaturereactive.samples.webflux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** Creates and reads small PDFs. */
final class TestPdf {

    private TestPdf() {}

    /** Returns a PDF with empty pages. */
    static byte[] ofPages(int pages) {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            for (int i = 0; i < pages; i++) {
                pdf.addPage(new PDPage());
            }
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of signatures in a PDF. */
    static int signatures(byte[] bytes) {
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            return pdf.getSignatureDictionaries().size();
        } catch (IOException e) {
            throw new UncheckedIOException("This is no PDF", e);
        }
    }
}
