package io.github.signaturereactive.quickstart;

// [create
import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
// create]

/**
 * The Java code of README.md. The regions between two markers are quoted there literally. All imports of this class are in a
 * region, so a reader needs no others.
 */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static Flux<PortalJobStatusChanged> createAndPoll(String password) {
        // [create
        var certificate = OrganizationCertificate.fromPkcs12(Path.of("certificate.p12"), password);
        var configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.DIFITEST)
                .defaultSender(new Sender("123456789"))
                .build();
        var signature = SignatureClient.create(configuration);
        var document = PortalDocument.builder("Agreement", Path.of("agreement.pdf"));
        var signer = PortalSigner.identifiedByEmail("kari@example.com");
        var job = PortalJob.builder("Rental agreement", List.of(document.build()), List.of(signer.build()));
        Mono<PortalJobResponse> created = signature.portal().create(job.build());
        // create]
        // [poll
        var portal = signature.portal();
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges()
                .confirmAfter(change -> change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)
                        ? portal.getPAdES(change.pAdESUrl()).saveTo(Path.of(change.signatureJobId() + ".pdf"))
                        : Mono.empty());
        // poll]
        return created.thenMany(confirmed);
    }
}
