package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.Observations.EarlyPoll;
import io.github.signaturereactive.signingservice.SigningService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@TestInstance(Lifecycle.PER_CLASS)
final class StatusChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SigningService service;
    private String queue;
    private SignatureClient client;
    private StatusChanges changes;

    @BeforeAll
    void start() {
        service = SigningService.builder().pollInterval(Duration.ofMillis(200)).start();
    }

    @BeforeEach
    void connect() {
        var certificate = service.clientCertificate();
        queue = UUID.randomUUID().toString();
        Sender sender = new Sender(certificate.organizationNumber(), PollingQueue.of(queue));
        client = SignatureClient.create(ClientConfiguration.builder(
                        OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password()))
                .environment(ServiceEnvironment.DIFITEST
                        .withServiceUrl(service.url())
                        .withTrusted(service.certificateAuthority()))
                .defaultSender(sender)
                .build());
        changes = new StatusChanges(client.portal(), sender);
    }

    @AfterEach
    void disconnect() {
        client.disposeLater().block(LIMIT);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void anEmptyQueueIsPolledAgainWhenPermittedAndNeverBefore() {
        changes.confirmAfter(change -> Mono.empty())
                .take(4)
                .as(StepVerifier::create)
                .expectNextCount(4)
                .expectComplete()
                .verify(LIMIT);

        assertThat(earlyPolls()).isEmpty();
    }

    @Test
    void aChangeIsConfirmedAfterItHasBeenProcessedAndEmittedAfterThat() {
        long jobId = createAndSign();
        Mono<Void> processing = Mono.fromRunnable(
                () -> assertThat(service.jobs().get(jobId).confirmed()).isFalse());

        changes.confirmAfter(change -> processing)
                .filter(change -> !change.is(PortalJobStatus.NO_CHANGES))
                .take(1)
                .as(StepVerifier::create)
                .assertNext(change ->
                        assertThat(service.jobs().get(jobId).confirmed()).isTrue())
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void aChangeWhoseProcessingFailsIsNotConfirmed() {
        long jobId = createAndSign();

        changes.confirmAfter(change -> Mono.error(new IllegalStateException("cannot store")))
                .filter(change -> !change.is(PortalJobStatus.NO_CHANGES))
                .as(StepVerifier::create)
                .expectErrorMessage("cannot store")
                .verify(LIMIT);

        assertThat(service.jobs().get(jobId).deliveries()).isEqualTo(1);
        assertThat(service.jobs().get(jobId).confirmed()).isFalse();
    }

    @Test
    void aQueueThatSomebodyElsePolledIsWaitedFor() {
        assertThat(client.portal().getStatusChange().block(LIMIT)).isNotNull();

        changes.confirmAfter(change -> Mono.empty())
                .take(1)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);

        assertThat(earlyPolls()).as("the service said when it is our turn").hasSize(1);
    }

    private List<EarlyPoll> earlyPolls() {
        return service.observations().earlyPolls().stream()
                .filter(poll -> poll.pollingQueue().equals(queue))
                .toList();
    }

    private long createAndSign() {
        PortalJob job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[] {1})
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("kari@example.com")
                                .build()))
                .build();
        long jobId = client.portal().create(job).block(LIMIT).signatureJobId();
        service.jobs().sign(jobId, 0);
        return jobId;
    }
}
