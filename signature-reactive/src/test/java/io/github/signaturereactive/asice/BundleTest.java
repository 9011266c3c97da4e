package io.github.signaturereactive.asice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.schemas.Schemas;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import reactor.core.publisher.Flux;

class BundleTest {

    private static final String XADES = "http://uri.etsi.org/01903/v1.3.2#";
    private static final String XML_DSIG = "http://www.w3.org/2000/09/xmldsig#";

    @TempDir
    private Path directory;

    @Test
    void bundleHasDocumentsFromAllSources() throws Exception {
        byte[] first = random(100_000);
        byte[] second = text(70_000);
        byte[] third = random(3 * Content.CHUNK);
        PortalJob job = Bundles.job(
                PortalDocument.builder("L\u00E5neavtale (2)", first).build(),
                PortalDocument.builder("Vilk\u00E5r", Files.write(directory.resolve("terms.txt"), second))
                        .type(DocumentType.TXT)
                        .build(),
                PortalDocument.builder("Vedlegg", Flux.just(ByteBuffer.wrap(third)))
                        .build());

        byte[] bundle = Bundles.bytes(Bundles.of(job));

        Map<String, byte[]> entries = Bundles.entries(bundle);
        assertThat(entries)
                .hasSize(5)
                .containsEntry("0000_laaneavtale_2_.pdf", first)
                .containsEntry("0001_vilkaar.txt", second)
                .containsEntry("0002_vedlegg.pdf", third);
        assertThat(List.copyOf(entries.keySet()).subList(3, 5))
                .containsExactly("manifest.xml", "META-INF/signatures.xml");
        Validators.assertValid(bundle, SigningKey.ORGANIZATION);
    }

    @Test
    void signatureIsInvalidForChangedDocument() {
        Map<String, byte[]> entries = Bundles.entries(Bundles.bytes(Bundles.of(
                Bundles.job(PortalDocument.builder("Doc", text(1_000)).build()))));
        entries.get("0000_doc.pdf")[500]++;

        assertThatThrownBy(() -> Validators.assertValidXmlSignature(
                        entries, SigningKey.ORGANIZATION.certificate().getPublicKey()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("0000_doc.pdf");
    }

    @Test
    void documentsWithEqualTitlesHaveTheirOwnEntries() throws Exception {
        PortalJob job = Bundles.job(IntStream.range(0, 20)
                .mapToObj(i ->
                        PortalDocument.builder("Same", new byte[] {(byte) i}).build())
                .toArray(PortalDocument[]::new));

        byte[] bundle = Bundles.bytes(Bundles.of(job));

        assertThat(Bundles.entries(bundle)).hasSize(22);
        Validators.assertValid(bundle, SigningKey.ORGANIZATION);
    }

    @Test
    void emptyDocumentIsEmptyEntry() throws Exception {
        byte[] bundle = Bundles.bytes(Bundles.of(Bundles.job(
                PortalDocument.builder("Nothing", new byte[0]).build(),
                PortalDocument.builder("Nothing", Flux.<ByteBuffer>empty()).build(),
                PortalDocument.builder("Nothing", Files.createFile(directory.resolve("empty")))
                        .build())));

        assertThat(Bundles.entries(bundle).get("0002_nothing.pdf")).isEmpty();
        Validators.assertValid(bundle, SigningKey.ORGANIZATION);
    }

    @Test
    void zipFileHasCentralDirectory() throws Exception {
        byte[] document = text(200_000);
        byte[] bundle = Bundles.bytes(
                Bundles.of(Bundles.job(PortalDocument.builder("Doc", document).build())));

        try (var zip = new ZipFile(
                Files.write(directory.resolve("bundle.asice"), bundle).toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            assertThat(entries)
                    .extracting(ZipEntry::getName)
                    .containsExactly("0000_doc.pdf", "manifest.xml", "META-INF/signatures.xml");
            assertThat(entries).allMatch(entry -> entry.getMethod() == ZipEntry.DEFLATED);
            assertThat(zip.getInputStream(entries.get(0)).readAllBytes()).isEqualTo(document);
            assertThat(entries.get(0).getSize()).isEqualTo(document.length);
        }
    }

    @Test
    void localFileHeaderEqualsThatOfOfficialClient() {
        Clock clock = Clock.fixed(Instant.parse("2026-03-01T10:20:30Z"), ZoneOffset.UTC);
        byte[] bundle = Bundles.bytes(Bundles.of(
                Bundles.job(PortalDocument.builder("Doc", new byte[1]).build()), clock));

        ByteBuffer header = ByteBuffer.wrap(bundle).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getInt(0)).isEqualTo(0x04034B50);
        assertThat(header.getShort(4)).as("version").isEqualTo((short) 20);
        assertThat(header.getShort(6)).as("flags").isEqualTo((short) 0x808);
        assertThat(header.getShort(8)).as("method").isEqualTo((short) 8);
        assertThat(header.getShort(10)).as("time").isEqualTo((short) (10 << 11 | 20 << 5 | 15));
        assertThat(header.getShort(12)).as("date").isEqualTo((short) (46 << 9 | 3 << 5 | 1));
    }

    @Test
    void acceptsClockOutsideYearsOfZipFormat() throws Exception {
        for (String time : List.of("1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z")) {
            byte[] bundle = Bundles.bytes(Bundles.of(
                    Bundles.job(PortalDocument.builder("Doc", new byte[1]).build()),
                    Clock.fixed(Instant.parse(time), ZoneOffset.UTC)));

            Validators.assertValidXmlSignature(
                    Bundles.entries(bundle),
                    SigningKey.ORGANIZATION.certificate().getPublicKey());
        }
    }

    @Test
    void compressesTextAndStoresCompressedContent() {
        byte[] text = Bundles.bytes(Bundles.of(
                Bundles.job(PortalDocument.builder("Doc", text(1_000_000)).build())));
        byte[] noise = Bundles.bytes(Bundles.of(
                Bundles.job(PortalDocument.builder("Doc", random(1_000_000)).build())));

        assertThat(text.length).isLessThan(500_000);
        assertThat(noise.length).isLessThan(1_010_000);
    }

    @Test
    void eachSubscriptionReadsDocumentsAgain() throws Exception {
        Path file = Files.writeString(directory.resolve("doc"), "first");
        Bundle bundle =
                Bundles.of(Bundles.job(PortalDocument.builder("Doc", file).build()));

        byte[] first = Bundles.bytes(bundle);
        Files.writeString(file, "second, and longer");
        byte[] second = Bundles.bytes(bundle);

        assertThat(Bundles.entries(first).get("0000_doc.pdf")).asString().isEqualTo("first");
        assertThat(Bundles.entries(second).get("0000_doc.pdf")).asString().isEqualTo("second, and longer");
        Validators.assertValid(first, SigningKey.ORGANIZATION);
        Validators.assertValid(second, SigningKey.ORGANIZATION);
    }

    @Test
    void signingTimeIsTimeOfSignature() {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Flux<ByteBuffer> slow = Flux.just(ByteBuffer.allocate(1))
                .doOnComplete(() -> now.set(Instant.parse("2026-03-01T10:07:00.250Z")));
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.ofHours(1);
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };

        Document signatures = signatures(Bundles.bytes(
                Bundles.of(Bundles.job(PortalDocument.builder("Doc", slow).build()), clock)));

        assertThat(texts(signatures, XADES, "SigningTime")).containsExactly("2026-03-01T10:07:00.250Z");
    }

    @Test
    void signatureHasCertificatesAndDigests() throws Exception {
        byte[] document = text(1_000);
        byte[] bundle = Bundles.bytes(Bundles.of(Bundles.job(
                PortalDocument.builder("Doc", document).type(DocumentType.TXT).build())));
        Document signatures = signatures(bundle);
        X509Certificate certificate = SigningKey.ORGANIZATION.certificate();

        assertThat(texts(signatures, XML_DSIG, "X509Certificate"))
                .containsExactlyElementsOf(SigningKey.ORGANIZATION.chain().stream()
                        .map(BundleTest::encoded)
                        .toList());
        assertThat(texts(signatures, XML_DSIG, "X509IssuerName"))
                .containsExactly(certificate.getIssuerX500Principal().getName());
        assertThat(texts(signatures, XML_DSIG, "X509SerialNumber"))
                .containsExactly(certificate.getSerialNumber().toString());
        assertThat(texts(signatures, XML_DSIG, "DigestValue"))
                .contains(digest("SHA-256", document))
                .contains(digest("SHA-256", Bundles.entries(bundle).get("manifest.xml")))
                .contains(digest("SHA-1", certificate.getEncoded()));
        assertThat(texts(signatures, XADES, "MimeType")).containsExactly("text/plain", "application/xml");
        assertThat(new String(Bundles.entries(bundle).get(Validators.SIGNATURES), StandardCharsets.UTF_8))
                .doesNotContain("\n")
                .doesNotContain("&#");
    }

    private static Document signatures(byte[] bundle) {
        return Schemas.SIGNATURES.validate(Bundles.entries(bundle).get(Validators.SIGNATURES));
    }

    private static List<String> texts(Document document, String namespace, String name) {
        NodeList nodes = document.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(String algorithm, byte[] bytes) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int size) {
        var text = new StringBuilder();
        for (int i = 0; text.length() < size; i++) {
            text.append("line ").append(i * 31 % 977).append(" of the terms\n");
        }
        text.setLength(size);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
