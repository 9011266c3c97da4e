package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.signingservice.signature.BundleEntry;
import io.github.signaturereactive.testing.Soak;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Documents larger than the memory, in full ten times as large, in a JVM of its own. */
@Soak
class LowMemoryTest {

    static final String EMAIL = "signer@example.com";

    private static final long SIZE = (Soak.FULL ? 512L : 128L) << 20;
    private static final String MEMORY = "48m";

    @TempDir
    private Path directory;

    @Test
    void documentsLargerThanMemoryGoBothWays() throws Exception {
        String sha256 = GeneratedDocument.sha256OfSize(SIZE);
        Path document = directory.resolve("large.pdf");
        Path saved = directory.resolve("signed.pdf");
        write(document);
        try (var service = SigningService.builder()
                .documentLimit(Long.MAX_VALUE)
                .enforceSigningTime(false)
                .pades(job -> GeneratedDocument.ofSize(SIZE))
                .start()) {
            signASmallJob(service);

            String output = run(service, document, saved);

            var maximumHeap = Pattern.compile("maximum heap (\\d+)").matcher(output);
            assertThat(maximumHeap.find()).isTrue();
            assertThat(Long.parseLong(maximumHeap.group(1))).isLessThanOrEqualTo(48 << 20);
            assertThat(output)
                    .contains("created from a file", "created from a publisher")
                    .contains("saved " + SIZE)
                    .doesNotContain(service.clientCertificate().password(), EMAIL, "LEAK");
            List<JobSnapshot> created = service.jobs().all().subList(1, 3);
            assertThat(created)
                    .extracting(job -> job.received().entries().get(0))
                    .extracting(BundleEntry::size, BundleEntry::sha256)
                    .containsOnly(tuple(SIZE, sha256));
        }
        assertThat(saved).hasSize(SIZE);
        assertThat(sha256(saved)).isEqualTo(sha256);
    }

    private static void signASmallJob(SigningService service) {
        try (var client =
                SignatureClient.create(TestOrganization.configuration(service).build())) {
            var job = PortalJob.builder(
                            "Small",
                            List.of(PortalDocument.builder("Small", TestPdf.ofPages(1))
                                    .build()),
                            List.of(PortalSigner.identifiedByEmail(EMAIL).build()))
                    .build();
            service.jobs()
                    .signAll(client.portal()
                            .create(job)
                            .block(Duration.ofSeconds(30))
                            .signatureJobId());
        }
    }

    /** Runs {@link LargeDocuments} to its end, and gives what it printed. */
    private String run(SigningService service, Path document, Path saved) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        var certificate = service.clientCertificate();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + MEMORY,
                        "-XX:MaxDirectMemorySize=" + MEMORY,
                        "-XX:+UseSerialGC",
                        "-Dio.netty.leakDetection.level=simple",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeDocuments.class.getName(),
                        service.url().toString(),
                        service.trustedCertificates().resolve("ca.pem").toString(),
                        certificate.path().toString(),
                        certificate.password(),
                        document.toString(),
                        saved.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            assertThat(ended).as(Files.readString(output)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var buffer :
                    Flux.from(GeneratedDocument.ofSize(SIZE).content()).toIterable(1)) {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
