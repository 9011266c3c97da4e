package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/**
 * Tests the return of a signer and the download of the signed document, which is saved before the status is
 * confirmed.
 */
@SampleTest
@TestPropertySource(properties = "sample.retry-after=200ms")
class DownloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final SignerSelector SIGNER = SignerSelector.at(0);

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
    void theSignedDocumentHasItsTypeLengthAndTheJobsTitle() {
        String page = signed();

        EntityExchangeResult<byte[]> answer = get(page + "/signed.pdf");

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getResponseHeaders().getContentDisposition().getFilename())
                .isEqualTo("Leiekontrakt – «båt».pdf");
        assertThat(answer.getResponseHeaders().getContentLength()).isEqualTo(answer.getResponseBody().length);
        assertThat(TestPdf.signatures(answer.getResponseBody())).isOne();
    }

    @Test
    void titleThatIsNoFileNameCanBeDownloaded() {
        String page = signed(Form.titled("Lease 2026/27").with("flow", "PORTAL").with("signer", "a@example.com"));

        EntityExchangeResult<byte[]> answer = get(page + "/signed.pdf");

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.OK);
        assertThat(answer.getResponseHeaders().getContentDisposition().getFilename())
                .isEqualTo("Lease 2026_27.pdf");
        assertThat(TestPdf.signatures(answer.getResponseBody())).isOne();
    }

    @Test
    void portalDocumentIsSavedBeforeConfirmation() {
        service.faults().next(Operation.PADES, Fault.error(403, "NOT_AUTHORIZED", "Not for you."), Fault.status(503));

        String page = signed();

        assertThat(met(Operation.PADES)).isEqualTo(2);
        assertThat(TestPdf.signatures(get(page + "/signed.pdf").getResponseBody()))
                .isOne();
    }

    @Test
    void directDocumentIsSavedBeforeConfirmation() {
        URI exit = played(SignerStatus.SIGNED);
        long job = service.jobs().latest().id();
        service.faults().always(Operation.PADES, Fault.status(503));

        EntityExchangeResult<byte[]> answer = get(exit.getPath() + "?" + exit.getRawQuery());

        String page = answer.getResponseHeaders().getLocation().getPath();
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(client.page(page)).contains("The signed document is being fetched");
        assertThat(service.jobs().get(job).confirmed()).isFalse();

        service.faults().clear();
        await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
        assertThat(TestPdf.signatures(get(page + "/signed.pdf").getResponseBody()))
                .isOne();
    }

    @Test
    void directStatusIsConfirmedOnceTheServiceTakesIt() {
        URI exit = played(SignerStatus.REJECTED);
        long job = service.jobs().latest().id();
        service.faults().always(Operation.CONFIRM, Fault.status(503));
        assertThat(get(exit.getPath() + "?" + exit.getRawQuery()).getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(service.jobs().get(job).confirmed()).isFalse();

        service.faults().clear();

        await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
    }

    @Test
    void documentIsServedAfterTheServiceHasDroppedIt() {
        String page = signed();
        service.faults().always(Operation.PADES, Fault.status(404));

        assertThat(TestPdf.signatures(get(page + "/signed.pdf").getResponseBody()))
                .isOne();
        assertThat(met(Operation.PADES)).isZero();
    }

    @Test
    void aJobThatNobodyHasSignedHasNoDocument() {
        String page = client.created(Form.portal("a@example.com").withPdf()).getPath();

        assertThat(get(page + "/signed.pdf").getStatus()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void whoIsBackFindsTheJobWithoutTheTokenInItsAddress() {
        URI exit = played(SignerStatus.SIGNED);
        long job = service.jobs().latest().id();

        EntityExchangeResult<byte[]> answer = get(exit.getPath() + "?" + exit.getRawQuery());

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
        URI page = answer.getResponseHeaders().getLocation();
        assertThat(page.toString()).matches("/jobs/[0-9a-f-]{36}");
        assertThat(client.page(page.getPath())).contains("Everyone has signed");
        assertThat(service.jobs().get(job).confirmed()).isTrue();
    }

    @Test
    void aTokenThatIsWrongIsRefusedInWords() {
        URI exit = played(SignerStatus.REJECTED);

        EntityExchangeResult<byte[]> answer = get(exit.getPath() + "?status_query_token=wrong");

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.CONFLICT);
        assertThat(SampleClient.text(answer)).contains("The status cannot be shown");
        assertThat(get(exit.getPath()).getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
    }

    @Test
    void aServiceThatCannotBeReachedIsSaidSoInWords() {
        URI exit = played(SignerStatus.SIGNED);
        service.faults().always(Operation.STATUS, Fault.resetAfterRequest());

        EntityExchangeResult<byte[]> answer = get(exit.getPath() + "?" + exit.getRawQuery());

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(SampleClient.text(answer)).contains("The signing service cannot be reached");
    }

    private long met(Operation operation) {
        return service.faults().injected().stream()
                .filter(met -> met.operation() == operation)
                .count();
    }

    private URI played(SignerStatus status) {
        assertThat(client.created(Form.direct("12345678910").withPdf()).getPath())
                .endsWith("/signing");
        return service.jobs().completeSession(service.jobs().latest().id(), SIGNER, status);
    }

    private String signed() {
        return signed(Form.portal("a@example.com"));
    }

    private String signed(Form form) {
        String page = client.created(form.withPdf()).getPath();
        long job = service.jobs().latest().id();
        service.jobs().sign(job, 0);
        await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
        return page;
    }

    private EntityExchangeResult<byte[]> get(String path) {
        return client.web().get().uri(path).exchange().expectBody().returnResult();
    }
}
