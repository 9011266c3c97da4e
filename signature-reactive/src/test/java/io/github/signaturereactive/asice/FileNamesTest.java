package io.github.signaturereactive.asice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.portal.PortalDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Title                   | title",
                "\u00C6\u00D8\u00C5      | aeoeaa",
                "'Hei   p\u00E5 \t  Deg' | hei_paa_deg",
                "\u00E0\u00E1\u00EB\u00EA\u00C8\u00C9\u00FC\u00DC\u00EF\u00F1\u00D1 | aaeeeeuuinn",
                "Morse ...---...         | morse_...---...",
                "':;&%$*?+=@,()[]{}#!\"\u201C\u201D^`\u00B4<>' | _"
            })
    void replacesUnsafeCharactersOfTitles(String title, String safe) {
        assertThat(FileNames.safe(title)).isEqualTo(safe);
    }

    @Test
    void nameHasIndexTitleAndExtension() {
        assertThat(FileNames.of(List.of(
                        PortalDocument.builder("L\u00E5neavtale (2) \u00C6\u00D8\u00C5 & <co>", new byte[0])
                                .build(),
                        PortalDocument.builder("x", new byte[0])
                                .type(DocumentType.TXT)
                                .build())))
                .containsExactly("0000_laaneavtale_2_aeoeaa_co_.pdf", "0001_x.txt");
    }

    @Test
    void titleOfCombiningMarksBecomesEmpty() {
        assertThat(FileNames.of(List.of(
                        PortalDocument.builder("\u0301\u0308", new byte[0]).build())))
                .containsExactly("0000_.pdf");
    }

    @Test
    void shortensNamesTo100Characters() {
        assertThat(FileNames.of(List.of(
                        PortalDocument.builder("\u00E5".repeat(80), new byte[0]).build())))
                .containsExactly("0000_" + "a".repeat(91) + ".pdf");
    }
}
