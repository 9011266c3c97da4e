package io.github.signaturereactive.signingservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

class FaultInjectionTest {

    private static final String JOBS = "/123456789/portal/signature-jobs";

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private RawClient client;

    @BeforeEach
    void start() {
        service = SigningService.builder().clock(clock).start();
        client = RawClient.of(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void plannedFaultsComeOnceAndInOrder() {
        service.faults().next(Operation.WHO_AM_I, Fault.status(500), Fault.error(503, "DOWN", "Come back later"));

        assertThat(client.get("/123456789").status()).isEqualTo(500);
        RawClient.Answered second = client.get("/123456789");
        assertThat(second.status()).isEqualTo(503);
        assertThat(second.errorCode()).isEqualTo("DOWN");
        assertThat(client.get("/123456789").status()).isEqualTo(200);
        assertThat(service.faults().injected()).hasSize(2);
        assertThat(service.observations().completeRequests(Operation.WHO_AM_I)).isEqualTo(3);
    }

    @Test
    void aStandingFaultStaysUntilCleared() {
        service.faults().always(Operation.POLL, Fault.htmlPage(502));

        assertThat(client.get(JOBS).status()).isEqualTo(502);
        assertThat(client.get(JOBS).headers().get("Content-Type")).startsWith("text/html");
        service.faults().clear();
        assertThat(client.get(JOBS).status()).isEqualTo(204);
    }

    @Test
    void anAnswerInsteadMeansThatNothingIsProcessed() {
        service.faults().next(Operation.CREATE, Fault.status(500));

        assertThat(create().status()).isEqualTo(500);

        assertThat(service.jobs().all()).isEmpty();
        assertThat(service.observations().completeRequests(Operation.CREATE)).isOne();
    }

    @Test
    void anAnswerAfterProcessingHidesThatItWasDone() {
        service.faults().next(Operation.CREATE, Fault.status(500).afterProcessing());

        assertThat(create().status()).isEqualTo(500);

        assertThat(service.jobs().all()).hasSize(1);
    }

    @Test
    void latencyHoldsBackTheAnswerOnly() {
        service.faults().next(Operation.CONFIRM, Fault.latency(Duration.ofDays(1)));
        assertThat(create().status()).isEqualTo(200);
        long id = service.jobs().latest().id();
        service.jobs().signAll(id);
        String confirmation = client.get(JOBS).element("confirmation-url");

        StepVerifier.create(Mono.fromCallable(() -> client.post(confirmation)).subscribeOn(Schedulers.boundedElastic()))
                .expectSubscription()
                .then(() -> await().until(() -> service.jobs().get(id).confirmed()))
                .thenCancel()
                .verify();
    }

    @Test
    void aTooManyRequestsComesWithAnyTimeOrNone() {
        service.faults()
                .next(Operation.POLL, Fault.tooManyRequests(), Fault.tooManyRequests("soon"), Fault.dosFilter());

        assertThat(permitted(client.get(JOBS))).isNull();
        assertThat(permitted(client.get(JOBS))).isEqualTo("soon");
        RawClient.Answered blocked = client.get(JOBS);
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.headers().contains("DoSFilter")).isTrue();
    }

    @Test
    void thePermittedTimeGoesMissingOrWrong() {
        service.faults()
                .next(
                        Operation.POLL,
                        Fault.withoutPermittedPollTime(),
                        Fault.permittedPollTime("tomorrow"),
                        Fault.wrongClock(Duration.ofHours(5)));

        assertThat(permitted(client.get(JOBS))).isNull();
        clock.advance(Duration.ofSeconds(1));
        assertThat(permitted(client.get(JOBS))).isEqualTo("tomorrow");
        clock.advance(Duration.ofSeconds(1));
        RawClient.Answered wrong = client.get(JOBS);
        assertThat(OffsetDateTime.parse(permitted(wrong)).toInstant())
                .isEqualTo(clock.instant().plusSeconds(1).plus(Duration.ofHours(5)));
        clock.advance(Duration.ofHours(5));
        assertThat(client.get("/123456789").headers().get("Date"))
                .isEqualTo(wrong.headers().get("Date"));
    }

    @Test
    void bodiesAreGarbageOrHuge() {
        service.faults().next(Operation.POLL, Fault.garbage(), Fault.hugeBody(5_000_000));
        assertThat(create().status()).isEqualTo(200);
        service.jobs().signAll(service.jobs().latest().id());

        RawClient.Answered garbage = client.get(JOBS);
        clock.advance(Duration.ofMinutes(10));
        RawClient.Answered huge = client.get(JOBS);

        assertThat(garbage.status()).isEqualTo(200);
        assertThatThrownBy(garbage::xml).hasMessageContaining("line 1");
        assertThat(huge.body()).hasSize(5_000_000);
        assertThat(huge.element("status")).isEqualTo("COMPLETED_SUCCESSFULLY");
        assertThat(service.jobs().latest().deliveries()).isEqualTo(2);
    }

    @Test
    void aResetOfTheRequestMeansThatItNeverWasComplete() {
        byte[] body =
                RawClient.multipart(RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(new byte[1_000_000]));
        service.faults().next(Operation.CREATE, Fault.resetBeforeRequestBody(), Fault.resetDuringRequestBody(100_000));

        for (int i = 0; i < 2; i++) {
            StepVerifier.create(client.upload(JOBS, Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body))))
                    .verifyError();
        }

        await().until(() -> service.observations().openConnections() == 0);
        assertThat(service.observations().startedRequests(Operation.CREATE)).isEqualTo(2);
        assertThat(service.observations().completeRequests(Operation.CREATE)).isZero();
        await().until(() -> service.clientCertificate()
                        .path()
                        .getParent()
                        .toFile()
                        .list((directory, name) -> name.startsWith("bundle-"))
                        .length
                == 0);
    }

    @Test
    void aResetAfterTheRequestHidesThatItWasDone() {
        service.faults().next(Operation.CREATE, Fault.resetAfterRequest());

        assertThatThrownBy(this::create).hasStackTraceContaining("Connection reset");

        assertThat(service.jobs().all()).hasSize(1);
    }

    @Test
    void answersAreCutAndReset() {
        try (SigningService large = SigningService.builder()
                .clock(clock)
                .pades(job -> GeneratedDocument.ofSize(1_000_000))
                .start()) {
            client = RawClient.of(large);
            assertThat(create().status()).isEqualTo(200);
            large.jobs().signAll(large.jobs().latest().id());
            String pades = client.get(JOBS).element("pades-url");
            large.faults().next(Operation.PADES, Fault.truncateResponse(100_000), Fault.resetDuringResponse(100_000));

            StepVerifier.create(client.download(pades).reduce(0, (sum, bytes) -> sum + bytes.length))
                    .verifyError(PrematureCloseException.class);
            StepVerifier.create(client.download(pades).reduce(0, (sum, bytes) -> sum + bytes.length))
                    .verifyError();
            StepVerifier.create(client.download(pades).reduce(0, (sum, bytes) -> sum + bytes.length))
                    .expectNext(1_000_000)
                    .verifyComplete();
        }
    }

    @Test
    void aConnectionIsClosedAfterAnAnswerWithoutNotice() {
        ConnectionProvider pool = ConnectionProvider.create("one", 1);
        RawClient pooled = client.over(pool);
        service.faults().next(Operation.POLL, Fault.closeAfterResponse());
        service.faults().next(Operation.WHO_AM_I, Fault.closeAfterResponse());

        RawClient.Answered none = pooled.get(JOBS);
        await().until(() -> service.observations().openConnections() == 0);
        RawClient.Answered me = pooled.get("/123456789");
        await().until(() -> service.observations().openConnections() == 0);

        assertThat(none.status()).isEqualTo(204);
        assertThat(none.headers().contains("Connection")).isFalse();
        assertThat(me.body()).isEqualTo("You are 123456789");
        assertThat(pooled.get("/123456789").status()).isEqualTo(200);
        assertThat(service.observations().connectionsAccepted()).isEqualTo(3);
        pool.dispose();
    }

    private RawClient.Answered create() {
        return client.create(
                TestBundle.by(service.clientCertificate(), clock.instant()).zip());
    }

    private static String permitted(RawClient.Answered answer) {
        return answer.headers().get("X-Next-permitted-poll-time");
    }
}
