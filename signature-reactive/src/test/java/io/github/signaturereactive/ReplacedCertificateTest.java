package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.ClientCertificate;
import io.github.signaturereactive.signingservice.Operation;
import io.github.signaturereactive.signingservice.SigningService;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The certificate is replaced while the client is at work. */
class ReplacedCertificateTest {

    private SigningService service;
    private SignatureClient client;
    private ClientCertificate first;
    private ClientCertificate second;

    @BeforeEach
    void start() {
        service = SigningService.start();
        first = service.clientCertificate();
        second = service.issueClientCertificate(first.organizationNumber());
        client = SignatureClient.create(
                TestOrganization.configuration(service, first).build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        service.close();
    }

    @Test
    void callsAfterwardsAreMadeWithTheNewOne() {
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

        client.replaceCertificate(certificate(second));
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

        assertThat(presented(Operation.WHO_AM_I))
                .containsExactly(first.certificate(), second.certificate(), second.certificate());
        assertThat(service.observations().connectionsAccepted()).isEqualTo(2);
        assertThat(client.certificate().certificate()).isEqualTo(second.certificate());
    }

    /** The service accepts the job only if the bundle's signature is by a certificate it knows, so both jobs show both halves. */
    @Test
    void aJobUnderWayIsFinishedWithTheOldOneAndTheNextIsSignedAndSentWithTheNew() {
        Sinks.One<ByteBuffer> slow = Sinks.one();

        StepVerifier.create(client.portal()
                        .create(job(Flux.concat(
                                Flux.just(ByteBuffer.wrap(TestPdf.ofPages(1))).doOnComplete(() -> {
                                    client.replaceCertificate(certificate(second));
                                    slow.tryEmitEmpty().orThrow();
                                }),
                                slow.asMono()))))
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(client.portal().create(job(Flux.just(ByteBuffer.wrap(TestPdf.ofPages(1))))))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(presented(Operation.CREATE)).containsExactly(first.certificate(), second.certificate());
    }

    @Test
    void aDownloadUnderWayIsFinishedAndItsConnectionIsThenClosed() {
        PortalJobResponse created = client.portal()
                .create(job(Flux.just(ByteBuffer.wrap(TestPdf.ofPages(1)))))
                .blockOptional()
                .orElseThrow();
        service.jobs().signAll(created.signatureJobId());
        URI pades = URI.create(service.url() + "/" + first.organizationNumber() + "/portal/signature-jobs/"
                + created.signatureJobId() + "/pades");

        StepVerifier.create(client.portal().getPAdES(PAdESReference.of(pades)).content(), 1)
                .expectNextCount(1)
                .then(() -> client.replaceCertificate(certificate(second)))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(any -> true)
                .verifyComplete();
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

        assertThat(presented(Operation.PADES)).containsExactly(first.certificate());
        assertThat(presented(Operation.WHO_AM_I)).containsExactly(second.certificate());
    }

    @Test
    void aRefusalNamesTheCertificateThatWasRefusedAndNotTheOneOfNow() {
        SignatureClient refused = SignatureClient.create(TestOrganization.configuration(
                        service, service.issueExpiredClientCertificate(first.organizationNumber()))
                .build());

        StepVerifier.create(refused.whoAmI())
                .then(() -> refused.replaceCertificate(certificate(second)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(CertificateRejectedException.class)
                        .hasMessageContaining("so it has expired"))
                .verify();
        StepVerifier.create(refused.disposeLater()).verifyComplete();
    }

    @Test
    void theCertificateOfAnotherOrganizationIsRefused() {
        var other = certificate(service.issueClientCertificate("987654325"));

        assertThatThrownBy(() -> client.replaceCertificate(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("987654325")
                .hasMessageContaining("make another client");
        assertThat(client.certificate().certificate()).isEqualTo(first.certificate());
    }

    @Test
    void aClosedClientTakesNoCertificate() {
        StepVerifier.create(client.disposeLater()).verifyComplete();

        assertThatThrownBy(() -> client.replaceCertificate(certificate(second)))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private List<X509Certificate> presented(Operation operation) {
        return service.observations().requests().stream()
                .filter(request -> request.operation() == operation)
                .map(request -> request.clientCertificate())
                .toList();
    }

    private static OrganizationCertificate certificate(ClientCertificate certificate) {
        return OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password());
    }

    private static PortalJob job(Flux<ByteBuffer> document) {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", document).build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }
}
