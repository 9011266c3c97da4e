package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.netty.util.IllegalReferenceCountException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** The certificate is replaced while the client is at work. */
class ReplacedCertificateTest {

    private static final int REPLACEMENTS = 100;
    private static final int SLOWEST_NANOS = 5_000_000;

    private SigningService service;
    private SignatureClient client;
    private ClientCertificate first;
    private ClientCertificate second;

    @BeforeEach
    void start() {
        service = SigningService.start();
        first = service.clientCertificate();
        second = service.issueClientCertificate(first.organizationNumber());
        client = SignatureClient.create(TestOrganization.configuration(service, first)
                .calls(calls -> calls.maxConnections(1))
                .build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        service.close();
    }

    @Test
    void callsAfterwardsAreMadeWithTheNewOne() {
        SignatureClient single = SignatureClient.create(TestOrganization.configuration(service, first)
                .calls(calls -> calls.maxConnections(1))
                .build());
        StepVerifier.create(single.whoAmI()).expectNextCount(1).verifyComplete();

        single.replaceCertificate(certificate(second));
        StepVerifier.create(single.whoAmI()).expectNextCount(1).verifyComplete();
        StepVerifier.create(single.whoAmI()).expectNextCount(1).verifyComplete();

        assertThat(presented(Operation.WHO_AM_I))
                .containsExactly(first.certificate(), second.certificate(), second.certificate());
        assertThat(service.observations().connectionsAccepted()).isEqualTo(2);
        assertThat(single.certificate().certificate()).isEqualTo(second.certificate());
        StepVerifier.create(single.disposeLater()).verifyComplete();
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
    void connectionOfCancelledCallIsUnaffected() {
        var log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        log.addAppender(logged);
        try {
            for (int i = 0; i < REPLACEMENTS; i++) {
                Disposable call = client.whoAmI().subscribe();
                long cancelledAt =
                        System.nanoTime() + ThreadLocalRandom.current().nextInt(SLOWEST_NANOS);
                while (System.nanoTime() < cancelledAt) {
                    Thread.onSpinWait();
                }
                call.dispose();
                client.replaceCertificate(certificate(i % 2 == 0 ? second : first));
            }
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
        } finally {
            log.detachAppender(logged);
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getThrowableProxy)
                .filteredOn(Objects::nonNull)
                .extracting(IThrowableProxy::getClassName)
                .doesNotContain(IllegalReferenceCountException.class.getName());
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
                        .hasMessageContaining("This certificate has expired"))
                .verify();
        StepVerifier.create(refused.disposeLater()).verifyComplete();
    }

    @Test
    void theCertificateOfAnotherOrganizationIsRefused() {
        var other = certificate(service.issueClientCertificate("987654325"));

        assertThatThrownBy(() -> client.replaceCertificate(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("987654325")
                .hasMessageContaining("create another client");
        assertThat(client.certificate().certificate()).isEqualTo(first.certificate());
    }

    @Test
    void aClosedClientTakesNoCertificate() {
        StepVerifier.create(client.disposeLater()).verifyComplete();

        assertThatThrownBy(() -> client.replaceCertificate(certificate(second)))
                .isInstanceOf(ClientClosedException.class)
                .hasMessageContaining("replaceCertificate: this client has been closed");
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
