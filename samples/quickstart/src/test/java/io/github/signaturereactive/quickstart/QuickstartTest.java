package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

final class QuickstartTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void savesSignedDocumentAndEachSignature() throws Exception {
        assertThat(run("--out", directory.toString())).as(this::output).isZero();

        assertThat(savedFiles()).containsExactly("1001-signed.pdf", "1001-signer-1.xml", "1001-signer-2.xml");
        int pagesIn = pages(directory.resolve("unsigned/lease-contract.pdf"))
                + pages(directory.resolve("unsigned/house-rules.pdf"));
        try (PDDocument signed =
                Loader.loadPDF(directory.resolve("1001-signed.pdf").toFile())) {
            assertThat(pagesIn).isEqualTo(3);
            assertThat(signed.getNumberOfPages())
                    .as("with the page of signatures")
                    .isEqualTo(pagesIn + 1);
            assertThat(signed.getSignatureDictionaries()).hasSize(2);
        }
        assertThat(directory.resolve("1001-signer-1.xml")).content().contains("XAdESSignatures");
        assertThat(directory.resolve("1001-signer-2.xml")).content().contains("XAdESSignatures");
        assertValidSignatures(directory.resolve("1001-signed.pdf"), 2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void savesFilesReadableByOwnerOnly() throws IOException {
        assertThat(run("--out", directory.toString(), "--signer", "kari@example.com"))
                .as(this::output)
                .isZero();

        assertThat(savedFiles()).containsExactly("1001-signed.pdf", "1001-signer-1.xml");
        for (String file : savedFiles()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void printsEventsInOrder() {
        assertThat(run("--out", directory.toString())).as(this::output).isZero();

        assertThat(stdout().lines().map(line -> line.replaceFirst("^ *[\\d.]+ s +", "")))
                .containsSubsequence(
                        "created    job 1001",
                        "signer 1   signs",
                        "poll       IN_PROGRESS: signer 1 SIGNED, signer 2 WAITING",
                        "saved      " + directory.resolve("1001-signer-1.xml"),
                        "confirmed  job 1001 IN_PROGRESS",
                        "signer 2   signs",
                        "poll       COMPLETED_SUCCESSFULLY: signer 1 SIGNED, signer 2 SIGNED",
                        "saved      " + directory.resolve("1001-signer-2.xml"),
                        "saved      " + directory.resolve("1001-signed.pdf"),
                        "confirmed  job 1001 COMPLETED_SUCCESSFULLY",
                        "Signed by all:");
        assertThat(stdout())
                .containsPattern("upload +100% \\[=+]")
                .containsPattern("download +100% \\[=+]")
                .contains("PAdES, 4 pages, 2 signatures")
                .doesNotContain("\r")
                .doesNotContain("12345678910")
                .doesNotContain("@example.com");
        assertThat(stdout().chars()).as("plain ASCII").allMatch(c -> c < 128);
        assertThat(stderr()).isEmpty();
    }

    @Test
    void signsGivenDocumentsForGivenSigners() throws Exception {
        Path two = pdf("two pages.pdf", 2);
        Path one = pdf("Ett ark på norsk.PDF", 1);

        assertThat(run(
                        two.toString(),
                        one.toString(),
                        "--out",
                        directory.toString(),
                        "--signer",
                        "kari@example.com",
                        "--signer",
                        "12345678910",
                        "--signer",
                        "10987654321,ola@example.com"))
                .as(this::output)
                .isZero();

        assertThat(savedFiles())
                .contains("1001-signed.pdf", "1001-signer-1.xml", "1001-signer-2.xml", "1001-signer-3.xml");
        try (PDDocument signed =
                Loader.loadPDF(directory.resolve("1001-signed.pdf").toFile())) {
            assertThat(signed.getNumberOfPages()).isEqualTo(4);
            assertThat(signed.getSignatureDictionaries()).hasSize(3);
        }
        assertThat(stdout())
                .contains("two pages.pdf, 2 pages")
                .contains("norsk.PDF, 1 page,")
                .doesNotContain("kari@")
                .doesNotContain("10987654321");
    }

    @Test
    void interruptLeavesNoIncompleteFile() throws IOException {
        Sinks.Empty<Void> interrupt = Sinks.empty();
        ConsoleOutput output = ConsoleOutput.plain(new PrintStream(
                new OnText("signer 1   signs", () -> interrupt.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST)),
                true,
                StandardCharsets.UTF_8));

        int exitCode = Quickstart.run(
                List.of("--out", directory.toString()), Map.of(), output, printTo(err), interrupt.asMono());

        assertThat(exitCode).isEqualTo(1);
        assertThat(savedFiles()).isEmpty();
        assertThat(stderr()).isEmpty();
    }

    @Test
    void helpListsEveryOption() {
        assertThat(run("--help")).isZero();

        assertThat(stdout())
                .contains("--environment", "--certificate", "--sender", "--signer", "--out", "SIGNATURE_PASSWORD");
        assertThat(stderr()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frobnicate                                          | unknown option --frobnicate",
                "--out                                                 | --out needs a value",
                "--signer --out x                                      | --signer needs a value",
                "--signer nobody                                       | signer 1 is neither",
                "--signer a@example.com --signer 1234567890            | signer 2 is neither",
                "--environment moon --certificate c.p12                | difitest or production, not moon",
                "--environment difitest                                | missing: --certificate, --sender",
                "--certificate c.p12 --sender 123456789                | missing: --environment",
                "--environment difitest --certificate c --sender 12345 | --sender: organization number of the sender",
                "--environment difitest --certificate c --sender 123456789 | needs at least one --signer",
                "no-such-file.pdf                                      | cannot read no-such-file.pdf",
            })
    void printsInvalidArgumentsInOneLine(String commandLine, String message) {
        assertThat(run(commandLine.split(" ", -1))).isEqualTo(2);

        assertThat(stderr().lines())
                .singleElement()
                .asString()
                .startsWith("quickstart: ")
                .contains(message);
    }

    @Test
    void printsInvalidPdfInOneLine() throws IOException {
        Path text = Files.writeString(directory.resolve("text.pdf"), "Not a PDF at all");

        assertThat(run(text.toString(), "--out", directory.toString())).isEqualTo(2);

        assertThat(stderr().lines()).singleElement().asString().contains("text.pdf is not a PDF");
    }

    @Test
    void printsInvalidTitleInOneLine() throws IOException {
        Path invalid = pdf("bell\u0007.pdf", 1);

        assertThat(run(invalid.toString(), "--out", directory.toString())).isEqualTo(2);

        assertThat(stderr().lines()).singleElement().asString().contains("document title");
    }

    @Test
    void printsPasswordProtectedPdfInOneLine() throws IOException {
        Path locked = directory.resolve("locked.pdf");
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            document.save(locked.toFile());
        }

        assertThat(run(locked.toString(), "--out", directory.toString())).isEqualTo(2);

        assertThat(stderr().lines()).singleElement().asString().contains("locked.pdf is protected by a password");
    }

    @Test
    void printsUnwritableDirectoryInOneLine() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(run("--out", file.resolve("below").toString())).isEqualTo(2);

        assertThat(stderr().lines()).singleElement().asString().contains("cannot write to");
    }

    @Test
    void printsUnreadableCertificateInOneLineWithoutPassword() throws IOException {
        Path document = pdf("document.pdf", 1);
        Path certificate = Files.writeString(directory.resolve("certificate.p12"), "Not PKCS#12");

        int exitCode = Quickstart.run(
                List.of(
                        document.toString(),
                        "--environment",
                        "difitest",
                        "--certificate",
                        certificate.toString(),
                        "--sender",
                        "123456789",
                        "--signer",
                        "kari@example.com",
                        "--out",
                        directory.toString()),
                Map.of("SIGNATURE_PASSWORD", "open sesame"),
                ConsoleOutput.plain(printTo(out)),
                printTo(err),
                Mono.never());

        assertThat(exitCode).isEqualTo(2);
        assertThat(stderr().lines())
                .singleElement()
                .asString()
                .startsWith("quickstart: --certificate: ")
                .contains("certificate.p12")
                .doesNotContain("sesame");
    }

    private int run(String... args) {
        return Quickstart.run(List.of(args), Map.of(), ConsoleOutput.plain(printTo(out)), printTo(err), Mono.never());
    }

    private static PrintStream printTo(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }

    private String stdout() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String stderr() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String output() {
        return stdout() + stderr();
    }

    private List<String> savedFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("1001-"))
                    .sorted()
                    .toList();
        }
    }

    private Path pdf(String name, int pages) throws IOException {
        Path file = directory.resolve(name);
        try (PDDocument document = new PDDocument()) {
            for (int i = 0; i < pages; i++) {
                document.addPage(new PDPage());
            }
            document.save(file.toFile());
        }
        return file;
    }

    private static int pages(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            return document.getNumberOfPages();
        }
    }

    private static void assertValidSignatures(Path file, int signatures) throws Exception {
        assumeTrue(isInstalled("pdfsig"), "pdfsig (poppler-utils) is not installed");
        Process pdfsig = new ProcessBuilder("pdfsig", "-nocert", file.toString())
                .redirectErrorStream(true)
                .start();
        String report = new String(pdfsig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(pdfsig.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(report.lines().filter(line -> line.contains("Signature is Valid.")))
                .as(report)
                .hasSize(signatures);
        assertThat(report).contains("Total document signed");
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Runs an action once, when a text has been written. */
    private static final class OnText extends OutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final String text;
        private final Runnable action;
        private boolean done;

        OnText(String text, Runnable action) {
            this.text = text;
            this.action = action;
        }

        @Override
        public synchronized void write(int b) {
            written.write(b);
            if (!done && written.toString(StandardCharsets.UTF_8).contains(text)) {
                done = true;
                action.run();
            }
        }
    }
}
