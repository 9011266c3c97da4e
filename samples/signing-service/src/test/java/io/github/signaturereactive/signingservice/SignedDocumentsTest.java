package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.signature.EntryDereferencer;
import io.github.signaturereactive.signingservice.signature.Sha256;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import no.digipost.signature.client.portal.PortalClient;
import no.digipost.signature.client.portal.PortalDocument;
import no.digipost.signature.client.portal.PortalJob;
import no.digipost.signature.client.portal.PortalJobStatusChanged;
import no.digipost.signature.client.portal.Signature;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SignedDocumentsTest {

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private PortalClient client;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        service = SigningService.builder().clock(clock).start();
        client = OfficialClient.of(service, clock);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void popplerFindsEverySignatureValid() throws Exception {
        assumeThat(pdfsig()).as("pdfsig, of poppler-utils, is not installed").isPresent();
        Path file = directory.resolve("signed.pdf");
        try (InputStream pades = client.getPAdES(signedByTwo().getpAdESUrl())) {
            Files.copy(pades, file);
        }

        String report = run(pdfsig().orElseThrow().toString(), "-nocert", file.toString());

        assertThat(report.lines().filter(line -> line.contains("Signature Validation: Signature is Valid.")))
                .as(report)
                .hasSize(2);
        assertThat(report)
                .contains("Signature Type: ETSI.CAdES.detached")
                .contains("Signer Certificate Common Name: Signer 1, 12345678910")
                .contains("Total document signed");
    }

    @Test
    void popplerFindsAChangedDocumentInvalid() throws Exception {
        assumeThat(pdfsig()).as("pdfsig, of poppler-utils, is not installed").isPresent();
        Path file = directory.resolve("changed.pdf");
        try (InputStream pades = client.getPAdES(signedByTwo().getpAdESUrl())) {
            byte[] bytes = pades.readAllBytes();
            int pages = new String(bytes, ISO_8859_1).indexOf("/Pages");
            bytes[pages + 1]++;
            Files.write(file, bytes);
        }

        assertThat(run(pdfsig().orElseThrow().toString(), "-nocert", file.toString()))
                .doesNotContain("Signature is Valid.");
    }

    @Test
    void everySignersXadesCoversTheDocumentsAndTheManifest() throws Exception {
        for (Signature signature : signedByTwo().getSignatures()) {
            byte[] xades;
            try (InputStream in = client.getXAdES(signature.getxAdESUrl())) {
                xades = in.readAllBytes();
            }
            Document document = Schemas.SIGNATURES.validate(xades);
            Element element = (Element) document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature")
                    .item(0);
            Element properties = (Element)
                    document.getElementsByTagNameNS("*", "SignedProperties").item(0);
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            DOMValidateContext context = new DOMValidateContext(
                    KeySelector.singletonKeySelector(certificate(document).getPublicKey()), element);
            context.setIdAttributeNS(properties, null, "Id");
            try (ZipFile bundle =
                    new ZipFile(service.jobs().latest().received().file().toFile())) {
                List<String> names = bundle.stream().map(ZipEntry::getName).toList();
                context.setURIDereferencer(new EntryDereferencer(bundle, Set.copyOf(names)));
                XMLSignature xmlSignature = factory.unmarshalXMLSignature(context);

                assertThat(xmlSignature.validate(context)).isTrue();
                assertThat(xmlSignature.getSignedInfo().getReferences())
                        .extracting(Reference::getURI)
                        .containsExactly("0000_minutes.pdf", "manifest.xml", "#SignedProperties");
            }
            certificate(document).verify(service.certificateAuthority().getPublicKey());
        }
    }

    @Test
    void unreadablePdfIsReplacedByAPageThatSaysSo() throws Exception {
        client.create(PortalJob.builder(
                        "Minutes",
                        PortalDocument.builder("Broken", "%PDF-1.7, and no more".getBytes(UTF_8))
                                .build(),
                        OfficialClient.signer(OfficialClient.FIRST_PIN))
                .build());
        service.jobs().signAll(service.jobs().latest().id());

        try (InputStream pades = client.getPAdES(client.getStatusChange().getpAdESUrl());
                var pdf = Loader.loadPDF(pades.readAllBytes())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("This document cannot be shown")
                    .contains(Sha256.hex("%PDF-1.7, and no more".getBytes(UTF_8)));
        }
    }

    private PortalJobStatusChanged signedByTwo() {
        long id = client.create(OfficialClient.job(
                                OfficialClient.signer(OfficialClient.FIRST_PIN),
                                OfficialClient.signer(OfficialClient.SECOND_PIN))
                        .build())
                .getSignatureJobId();
        service.jobs().signAll(id);
        return client.getStatusChange();
    }

    private static X509Certificate certificate(Document document) throws Exception {
        String base64 =
                document.getElementsByTagNameNS("*", "X509Certificate").item(0).getTextContent();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
    }

    private static Optional<Path> pdfsig() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "pdfsig"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), UTF_8);
        }
    }
}
