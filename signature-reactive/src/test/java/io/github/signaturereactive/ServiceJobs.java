package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** Jobs at a signing service on this machine, whose signers sign one after the other. */
final class ServiceJobs {

    private ServiceJobs() {}

    /** A configuration that leads to the service, without a limit of calls. */
    static ClientConfiguration.Builder configuration(SigningService service) {
        var certificate = service.clientCertificate();
        return ClientConfiguration.builder(
                        OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password()))
                .environment(ServiceEnvironment.DIFITEST
                        .withServiceUrl(service.url())
                        .withTrusted(service.certificateAuthority()))
                .defaultSender(TestOrganization.SENDER)
                .unlimitedCalls();
    }

    /** Creates jobs with so many signers each, of whom nobody has signed. */
    static List<Long> create(SignatureClient client, int jobs, int signers) {
        var job = PortalJob.builder(
                        "A job",
                        List.of(PortalDocument.builder("Document", "%PDF-1.7".getBytes(US_ASCII))
                                .build()),
                        IntStream.range(0, signers)
                                .mapToObj(i -> PortalSigner.identifiedByEmail("signer" + i + "@example.com")
                                        .build())
                                .toList())
                .build();
        return Flux.range(0, jobs)
                .flatMap(i -> client.portal().create(job), 4)
                .map(PortalJobResponse::signatureJobId)
                .collectList()
                .block(Duration.ofMinutes(2));
    }

    /** How many have signed, which tells the changes of a job apart. */
    static int signed(PortalJobStatusChanged change) {
        return (int) change.signatures().stream()
                .filter(signature -> signature.is(SignatureStatus.SIGNED))
                .count();
    }
}
