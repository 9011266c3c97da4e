package io.github.signaturereactive.samples.webflux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** Real PDFs, small ones. */
final class TestPdf {

    private TestPdf() {}

    /** So many empty pages. */
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

    /** How many signatures there are in a document; it must be a PDF. */
    static int signatures(byte[] bytes) {
        try (PDDocument pdf = Loader.loadPDF(bytes)) {
            return pdf.getSignatureDictionaries().size();
        } catch (IOException e) {
            throw new UncheckedIOException("This is no PDF", e);
        }
    }
}
