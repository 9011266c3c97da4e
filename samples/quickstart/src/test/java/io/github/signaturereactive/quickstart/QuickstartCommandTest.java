package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.testing.ReadmeCommand;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the quickstart with the command in README.md. */
final class QuickstartCommandTest {

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void savesSignedDocumentAndSignatures(@TempDir Path directory) throws Exception {
        try (var quickstart = ReadmeCommand.start("samples/quickstart", "--out", directory.toString())) {
            assertThat(quickstart.exitCode()).as(quickstart::output).isZero();
        }

        try (PDDocument signed =
                Loader.loadPDF(directory.resolve("1001-signed.pdf").toFile())) {
            assertThat(signed.getSignatureDictionaries()).hasSize(2);
        }
        assertThat(directory.resolve("1001-signer-1.xml")).content().contains("XAdESSignatures");
        assertThat(directory.resolve("1001-signer-2.xml")).content().contains("XAdESSignatures");
    }
}
