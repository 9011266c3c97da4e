package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** Kills the application after it has applied a change and before it has confirmed the change. */
class KillTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    @Timeout(600)
    void aChangeWhoseConfirmationAKillPreventedIsAppliedOnceAndConfirmedInTheEnd(@TempDir Path directory)
            throws Exception {
        try (var service = SigningService.builder()
                .pollInterval(Duration.ofMillis(100))
                .reofferAfter(Duration.ofSeconds(1))
                .start()) {
            String page;
            String applied;
            long job;
            service.faults().always(Operation.CONFIRM, Fault.status(503));
            try (var application = start(service, directory)) {
                var client = new SampleClient(application.port());
                URI created = client.created(
                        Form.portal("a@example.com", "b@example.com").withPdf());
                page = created.getPath();
                job = service.jobs().latest().id();
                StepVerifier.create(client.events(created))
                        .expectNextCount(1)
                        .then(() -> service.jobs().sign(job, 0))
                        .assertNext(event -> assertThat(event.data()).contains("1 of 2 have signed"))
                        .thenCancel()
                        .verify(PATIENCE);
                await().atMost(PATIENCE)
                        .until(() -> service.faults().injected().stream()
                                .anyMatch(met -> met.operation() == Operation.CONFIRM));
                applied = history(client.page(page));
                application.kill();
            }
            assertThat(service.jobs().get(job).confirmed()).isFalse();
            int deliveries = service.jobs().get(job).deliveries();

            service.faults().clear();
            try (var application = start(service, directory)) {
                var client = new SampleClient(application.port());
                await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
                assertThat(service.jobs().get(job).deliveries()).isGreaterThan(deliveries);
                assertThat(history(client.page(page)))
                        .as("when what was applied, to the second")
                        .isEqualTo(applied)
                        .containsOnlyOnce("1 of 2 have signed");

                service.faults().always(Operation.CONFIRM, Fault.status(503));
                service.jobs().sign(job, 1);
                await().atMost(PATIENCE).until(() -> client.page(page).contains("The signed document is ready"));
                application.kill();
            }
            assertThat(service.jobs().get(job).confirmed()).isFalse();

            service.faults().clear();
            try (var application = start(service, directory)) {
                var client = new SampleClient(application.port());
                await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
                assertThat(history(client.page(page)))
                        .containsOnlyOnce("1 of 2 have signed")
                        .containsOnlyOnce("All 2 have signed");
                application.kill();
            }
            try (var application = start(service, directory)) {
                assertThat(TestPdf.signatures(new SampleClient(application.port()).download(page)))
                        .as("the document that the service has dropped")
                        .isEqualTo(2);
            }
        }
    }

    private static ForkedApplication start(SigningService service, Path directory) throws IOException {
        return ForkedApplication.start(
                service,
                List.of("-Xmx128m"),
                "--spring.profiles.active=file",
                "--SIGNATURES_FILE=" + directory.resolve("signatures"));
    }

    private static String history(String page) {
        return page.substring(page.indexOf("<ol class=\"timeline\">"), page.indexOf("</ol>", page.indexOf("timeline")));
    }
}
