package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Tests the server-sent events of a job. */
@SampleTest
class JobEventsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Autowired
    private SigningService service;

    @Value("${local.server.port}")
    private int port;

    private SampleClient client;

    @BeforeEach
    void connect() {
        client = new SampleClient(port);
    }

    @AfterEach
    void nothingGoesWrong() {
        service.faults().clear();
    }

    @Test
    void eachChangeArrivesAsItIsAppliedAndTheLastOneIsCalledSo() {
        URI page = client.created(Form.portal("a@example.com", "b@example.com").withPdf());
        long job = service.jobs().latest().id();

        StepVerifier.create(events(page))
                .assertNext(event -> says(event, "change", "0 of 2 have signed"))
                .then(() -> service.jobs().sign(job, 0))
                .assertNext(event -> says(event, "change", "1 of 2 have signed"))
                .then(() -> service.jobs().sign(job, 1))
                .assertNext(event -> says(event, "last", "Download the signed PDF"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void manyMayLookAtOneJob() {
        URI page = client.created(Form.portal("a@example.com").withPdf());
        long job = service.jobs().latest().id();

        StepVerifier.create(Flux.merge(events(page), events(page)))
                .expectNextCount(2)
                .then(() -> service.jobs().reject(job, 0))
                .assertNext(event -> says(event, "last", "Rejected"))
                .assertNext(event -> says(event, "last", "Rejected"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aJobThatIsOverIsToldOnce() {
        URI page = client.created(Form.portal("a@example.com").withPdf());
        service.jobs().expire(service.jobs().latest().id());
        StepVerifier.create(events(page).last())
                .assertNext(event -> says(event, "last", "Expired"))
                .expectComplete()
                .verify(PATIENCE);

        StepVerifier.create(events(page))
                .assertNext(event -> says(event, "last", "The deadline passed"))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aChangeIsShownWhetherOrNotItsConfirmationGetsThrough() {
        URI page = client.created(Form.portal("a@example.com").withPdf());
        long job = service.jobs().latest().id();
        service.faults().always(Operation.CONFIRM, Fault.status(503));

        StepVerifier.create(events(page))
                .expectNextCount(1)
                .then(() -> service.jobs().sign(job, 0))
                .assertNext(event -> says(event, "last", "Signed"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(service.jobs().get(job).confirmed()).isFalse();
    }

    /** Emits the events without the one between the last signature and saving the document, which may be skipped. */
    private Flux<ServerSentEvent<String>> events(URI page) {
        return client.events(page)
                .filter(event -> event.data() == null || !event.data().contains("is being fetched"));
    }

    private static void says(ServerSentEvent<String> event, String name, String text) {
        assertThat(event.event()).isEqualTo(name);
        assertThat(event.data()).contains(text);
    }
}
