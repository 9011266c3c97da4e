package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileNameTest {

    static Stream<Arguments> unsafeNames() {
        return Stream.of(
                arguments("Lease 2026/27.pdf", "Lease 2026_27.pdf"),
                arguments(
                        "Kontrakt for \u00c5se \u2013 \u00abb\u00e5t\u00bb.pdf",
                        "Kontrakt for \u00c5se \u2013 \u00abb\u00e5t\u00bb.pdf"),
                arguments("A\u030ase.pdf", "\u00c5se.pdf"),
                arguments("C:\\temp\\a.pdf", "C__temp_a.pdf"),
                arguments("../../etc/passwd", "_.._etc_passwd"),
                arguments("a:b*c?d\"e<f>g|h.pdf", "a_b_c_d_e_f_g_h.pdf"),
                arguments("a\r\nb\u0000c\u007f\u0085.pdf", "a__b_c__.pdf"),
                arguments("a\u2028b\u2029c.pdf", "a_b_c.pdf"),
                arguments("evil\u202efdp.exe", "evilfdp.exe"),
                arguments("\ufeffa\u200bb\u2066c\u00ad.pdf", "abc.pdf"),
                arguments("a\u00a0b\u3000c.pdf", "a b c.pdf"),
                arguments("a\ud800b.pdf", "a_b.pdf"),
                arguments("...hidden .pdf. ", "hidden.pdf"),
                arguments("Version 1.2", "Version 1.2"),
                arguments("nul", "_nul"),
                arguments("NUL.pdf", "_NUL.pdf"),
                arguments("aux .pdf", "_aux.pdf"),
                arguments("Com1.tar.pdf", "_Com1.tar.pdf"),
                arguments("lpt\u00b2.pdf", "_lpt\u00b2.pdf"),
                arguments("conin$.pdf", "_conin$.pdf"),
                arguments("Console.pdf", "Console.pdf"),
                arguments("com10.pdf", "com10.pdf"),
                arguments("_a_.pdf", "_a_.pdf"),
                arguments("100 % done; it's 'fine'.pdf", "100 % done; it's 'fine'.pdf"),
                arguments("\ud83d\ude00.pdf", "\ud83d\ude00.pdf"));
    }

    @ParameterizedTest
    @MethodSource("unsafeNames")
    void replacesWhatFileNamesCannotHave(String name, String safe) {
        assertThat(SafeFileName.of(name, "pades.pdf")).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                ". .",
                ".pdf",
                " .pdf",
                "/",
                "///.pdf",
                "\n",
                "\u202e",
                "\u202e.pdf",
                "___",
                "\ud800.pdf"
            })
    void takesDefaultIfNothingIsLeft(String name) {
        assertThat(SafeFileName.of(name, "pades.pdf")).isEqualTo("pades.pdf");
    }

    @Test
    void cutsLongNamesBeforeTheExtension() {
        assertThat(SafeFileName.of("a".repeat(300) + ".pdf", "pades.pdf")).isEqualTo("a".repeat(196) + ".pdf");
        assertThat(SafeFileName.of("\u00e5".repeat(300) + ".pdf", "pades.pdf")).isEqualTo("\u00e5".repeat(98) + ".pdf");
        assertThat(SafeFileName.of("\ud83d\ude00".repeat(50) + "a.pdf", "pades.pdf"))
                .isEqualTo("\ud83d\ude00".repeat(49) + ".pdf");
        assertThat(SafeFileName.of("a".repeat(190) + " . ".repeat(10) + "b.pdf", "pades.pdf"))
                .isEqualTo("a".repeat(190) + ".pdf");
        assertThat(SafeFileName.of("a".repeat(300) + "." + "b".repeat(300), "pades.pdf"))
                .isEqualTo("a".repeat(200));
    }

    @Property
    void isStableAndWithinLimits(@ForAll String name) {
        String safe = SafeFileName.of(name, "pades.pdf");

        assertThat(safe)
                .doesNotContainPattern("[\\p{Cntrl}/\\\\:*?\"<>|]")
                .doesNotContainPattern("\\p{Cf}|^[. ]|[. ]$");
        assertThat(safe.getBytes(UTF_8)).hasSizeBetween(1, 201);
        assertThat(new String(safe.getBytes(UTF_8), UTF_8)).isEqualTo(safe);
        assertThat(SafeFileName.of(safe, "pades.pdf")).isEqualTo(safe);
    }

    @Test
    void safeNamesAreNamesOfFiles(@TempDir Path directory) throws IOException {
        for (String name : new String[] {"Lease 2026/27.pdf", "\ud83d\ude00".repeat(300) + ".pdf", "\u0000.pdf"}) {
            assertThat(Files.createFile(directory.resolve(SafeFileName.of(name, "pades.pdf"))))
                    .hasParent(directory);
        }
    }
}
