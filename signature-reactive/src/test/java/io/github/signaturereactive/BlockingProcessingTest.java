package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Processing that blocks on the client that it is called by, in many pollers at the same time. */
class BlockingProcessingTest {

    /** Only a deadlock takes longer. */
    private static final Duration DEADLOCK = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void processingMayBlockOnDownloadsOfTheSameClient(int pollers) {
        try (var service = SigningService.builder().longTermStorage(true).start();
                var client = SignatureClient.create(ServiceJobs.configuration(service)
                        .downloads(downloads -> downloads.acquireTimeout(DEADLOCK))
                        .calls(calls -> calls.acquireTimeout(DEADLOCK))
                        .build())) {
            List<Sender> senders = IntStream.range(0, pollers)
                    .mapToObj(i -> new Sender(TestOrganization.NUMBER, PollingQueue.of("queue-" + i)))
                    .toList();
            senders.forEach(sender -> service.jobs().sign(create(client, sender), 0));

            StepVerifier.create(Flux.fromIterable(senders)
                            .flatMap(
                                    sender -> client.portal()
                                            .statusChanges(sender)
                                            .confirmAfter(change -> save(client, change))
                                            .take(1),
                                    pollers))
                    .expectNextCount(pollers)
                    .expectComplete()
                    .verify(DEADLOCK);

            assertThat(service.jobs().all()).hasSize(pollers).allMatch(JobSnapshot::confirmed);
        }
    }

    private static long create(SignatureClient client, Sender sender) {
        PortalJob job = PortalJob.builder(
                        "A job",
                        List.of(PortalDocument.builder("Document", "%PDF-1.7".getBytes(StandardCharsets.US_ASCII))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .withSender(sender)
                .build();
        return client.portal().create(job).block(DEADLOCK).signatureJobId();
    }

    /** Blocks when it is called, not when its result is subscribed to. */
    private Mono<Path> save(SignatureClient client, PortalJobStatusChanged change) {
        Path file = directory.resolve(change.signatureJobId() + ".pdf");
        return Mono.justOrEmpty(
                client.portal().getPAdES(change.pAdESUrl()).saveTo(file).block(DEADLOCK));
    }
}
