package io.github.signaturereactive;

import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * What {@link LowMemoryTest} runs in a JVM of its own: creates a job from a file and one from a publisher, polls, and saves
 * the PAdES of what has been signed.
 */
final class LargeDocuments {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private LargeDocuments() {}

    /**
     * Expects the service's URL, the files of its authority and of the client certificate and the latter's password, a
     * document, and where to save one.
     */
    public static void main(String[] args) throws Exception {
        var configuration = ClientConfiguration.builder(OrganizationCertificate.fromPkcs12(Path.of(args[2]), args[3]))
                .environment(ServiceEnvironment.DIFITEST
                        .withServiceUrl(URI.create(args[0]))
                        .withTrusted(certificate(Path.of(args[1]))))
                .defaultSender(new Sender(SigningService.DEFAULT_ORGANIZATION))
                .maxJobSize(Long.MAX_VALUE)
                .calls(calls -> calls.responseTimeout(PATIENCE))
                .build();
        Path document = Path.of(args[4]);
        SignatureClient client = SignatureClient.create(configuration);
        PortalClient portal = client.portal();

        System.out.println("maximum heap " + Runtime.getRuntime().maxMemory());
        long fromFile = portal.create(
                        job(PortalDocument.builder("File", document).build()))
                .block(PATIENCE)
                .signatureJobId();
        System.out.println("created from a file: " + fromFile);
        long published = portal.create(job(PortalDocument.builder(
                                "Publisher",
                                GeneratedDocument.ofSize(Files.size(document)).content())
                        .build()))
                .block(PATIENCE)
                .signatureJobId();
        System.out.println("created from a publisher: " + published);
        var change = portal.getStatusChange().block(PATIENCE);
        Path saved = portal.getPAdES(change.pAdESUrl()).saveTo(Path.of(args[5])).block(PATIENCE);
        System.out.println("saved " + Files.size(saved));
        client.disposeLater().block(PATIENCE);
    }

    private static X509Certificate certificate(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PortalJob job(PortalDocument document) {
        return PortalJob.builder(
                        "Large",
                        List.of(document),
                        List.of(PortalSigner.identifiedByEmail(LowMemoryTest.EMAIL)
                                .build()))
                .build();
    }
}
