package io.github.signaturereactive.signingservice;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.PUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.api.Observations;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import io.github.signaturereactive.signingservice.signature.Sha256;
import io.netty.buffer.Unpooled;
import java.io.File;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ApiTest {

    private static final String JOBS = "/123456789/portal/signature-jobs";

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private RawClient client;

    @BeforeEach
    void start() {
        service = SigningService.builder()
                .clock(clock)
                .withoutAccess("111111111")
                .authorizeBroker("987654321", "123456789")
                .start();
        client = RawClient.of(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theRootResourceSaysWhoYouAre() {
        assertThat(client.get("/123456789").body()).isEqualTo("You are 123456789");
        assertThat(as("987654321").get("/123456789").body())
                .isEqualTo("You are 987654321, operating on behalf of 123456789");
    }

    @Test
    void anOrganizationWithoutAccessIsNotAuthorized() {
        RawClient.Answered answer = as("111111111").get("/111111111");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("NOT_AUTHORIZED");
    }

    @Test
    void nobodyActsForAnotherUnasked() {
        RawClient stranger = as("222222222");
        byte[] bundle = bundle().zip();

        assertThat(List.of(
                        stranger.get("/123456789"),
                        stranger.get(JOBS),
                        stranger.create(bundle),
                        client.get("/987654321")))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.errorCode()).isEqualTo("BROKER_NOT_AUTHORIZED");
                });
    }

    @Test
    void everyAnswerCarriesTheServicesOwnDate() {
        clock.set(Instant.parse("2026-03-01T08:09:10.987Z"));

        assertThat(List.of(client.get("/123456789"), client.get(JOBS), client.get(JOBS), client.get("/nowhere")))
                .allSatisfy(
                        answer -> assertThat(answer.headers().get("Date")).isEqualTo("Sun, 01 Mar 2026 08:09:10 GMT"));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        long id = createJob(client);

        assertThat(List.of(
                        client.get("/nowhere"),
                        client.send(PUT, JOBS, "", new byte[0]),
                        client.post(JOBS + "/1/cancel"),
                        client.post(JOBS + "/999999999999999999999/cancel"),
                        client.get(JOBS + "/" + id + "/pades"),
                        client.get(JOBS + "/" + id + "/xades/1"),
                        as("333333333").post("/333333333/portal/signature-jobs/" + id + "/cancel")))
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.errorCode()).isEqualTo("NOT_FOUND");
                });
    }

    @Test
    void anEmptyQueueSaysWhenToComeBackAndMeansIt() {
        RawClient.Answered none = client.get(JOBS);
        RawClient.Answered tooEarly = client.get(JOBS);
        RawClient.Answered otherQueue = client.get(JOBS + "?polling_queue=other");
        clock.advance(Duration.ofSeconds(1));
        RawClient.Answered inTime = client.get(JOBS + "?polling_queue");

        assertThat(none.status()).isEqualTo(204);
        assertThat(permitted(none)).isEqualTo(clock.instant());
        assertThat(none.headers().get("X-Next-permitted-poll-time")).matches(".*T.*\\+0[12]:00");
        assertThat(tooEarly.status()).isEqualTo(429);
        assertThat(permitted(tooEarly)).isEqualTo(clock.instant());
        assertThat(otherQueue.status()).isEqualTo(204);
        assertThat(inTime.status()).isEqualTo(204);
        assertThat(service.observations().earlyPolls()).singleElement().satisfies(poll -> {
            assertThat(poll.pollingQueue()).isEmpty();
            assertThat(poll.permitted()).isEqualTo(poll.at().plusSeconds(1));
        });
    }

    @Test
    void aDeliveredChangeLetsOneComeBackAtOnce() {
        service.jobs().signAll(createJob(client));

        RawClient.Answered change = client.get(JOBS);

        assertThat(change.status()).isEqualTo(200);
        assertThat(permitted(change)).isEqualTo(clock.instant());
        assertThat(change.element("status")).isEqualTo("COMPLETED_SUCCESSFULLY");
        assertThat(client.get(JOBS).status()).isEqualTo(204);
    }

    @Test
    void aConfirmationOfAnOlderStateDoesNotTakeANewerOneAway() {
        byte[] zip = bundle().manifest(manifest -> manifest.replaceFirst("(<signer>.*</signer>)", "$1$1"))
                .zip();
        assertThat(client.create(zip).status()).isEqualTo(200);
        long id = service.jobs().latest().id();
        service.jobs().sign(id, 0);
        String first = client.get(JOBS).element("confirmation-url");
        service.jobs().sign(id, 1);

        assertThat(client.post(first).status()).isEqualTo(200);
        assertThat(service.jobs().get(id).confirmed()).isFalse();
        RawClient.Answered second = client.get(JOBS);

        assertThat(second.element("status")).isEqualTo("COMPLETED_SUCCESSFULLY");
        assertThat(client.post(second.element("confirmation-url")).status()).isEqualTo(200);
        assertThat(service.jobs().get(id).confirmed()).isTrue();
        assertThat(service.observations().confirmations())
                .extracting(Observations.Confirmation::jobId)
                .containsExactly(id, id);
    }

    @Test
    void afterTheFinalConfirmationTheDocumentsAreGone() {
        service.jobs().signAll(createJob(client));
        RawClient.Answered change = client.get(JOBS);
        String pades = change.element("pades-url");
        assertThat(client.get(pades).headers().get("Content-Type")).isEqualTo("application/octet-stream");

        assertThat(client.post(change.element("confirmation-url")).status()).isEqualTo(200);

        assertThat(client.get(pades).status()).isEqualTo(404);
        assertThat(client.get(change.element("xades-url")).status()).isEqualTo(404);
    }

    @Test
    void documentsAreDeletableADayAfterCompletion() {
        long id = createJob(client);
        String documents = JOBS + "/" + id + "/documents";
        assertThat(delete(documents).status()).isEqualTo(409);
        service.jobs().signAll(id);
        assertThat(client.get(JOBS).body()).contains("COMPLETED_SUCCESSFULLY").doesNotContain("delete-documents-url");

        clock.advance(Duration.ofDays(1).minusMillis(1));
        assertThat(client.get(JOBS).body()).doesNotContain("delete-documents-url");
        assertThat(delete(documents).status()).isEqualTo(409);
        assertThat(delete(documents).errorCode()).isEqualTo("DOCUMENTS_NOT_DELETABLE");

        clock.advance(Duration.ofMinutes(10));
        RawClient.Answered change = client.get(JOBS);
        assertThat(delete(change.element("delete-documents-url")).status()).isEqualTo(200);

        assertThat(client.get(change.element("pades-url")).status()).isEqualTo(404);
        clock.advance(Duration.ofMinutes(10));
        assertThat(client.get(JOBS).body()).contains("SIGNED").doesNotContain("pades-url", "delete-documents-url");
    }

    @Test
    void documentsAreDeletableWhenATestWantsThemToBe() {
        try (SigningService eager = SigningService.builder()
                .clock(clock)
                .documentsDeletableAfter(Duration.ZERO)
                .start()) {
            RawClient caller = RawClient.of(eager);
            eager.jobs().signAll(createJob(caller));

            String url = caller.get(JOBS).element("delete-documents-url");

            assertThat(caller.send(DELETE, url, "", new byte[0]).status()).isEqualTo(200);
        }
    }

    @Test
    void documentsAreKeptForFortyDays() {
        service.jobs().signAll(createJob(client));
        RawClient.Answered change = client.get(JOBS);
        clock.advance(Duration.ofDays(40).minusMillis(1));
        assertThat(client.get(change.element("pades-url")).status()).isEqualTo(200);

        clock.advance(Duration.ofMillis(1));

        assertThat(client.get(change.element("pades-url")).status()).isEqualTo(404);
        assertThat(client.get(change.element("xades-url")).status()).isEqualTo(404);
    }

    @Test
    void jobsAreRemovedFortyDaysAfterTheyEnded() {
        long signed = createJob(client);
        service.jobs().signAll(signed);
        long rejected = createJob(client);
        clock.advance(Duration.ofDays(10));
        service.jobs().reject(rejected, 0);
        String confirmation = client.get(JOBS).element("confirmation-url");

        clock.advance(Duration.ofDays(30));

        assertThat(client.post(confirmation).errorMessage())
                .isEqualTo("There is no signature job " + signed + " of 123456789");
        RawClient.Answered remaining = client.get(JOBS);
        assertThat(remaining.element("signature-job-id")).isEqualTo(Long.toString(rejected));
        assertThat(client.get(JOBS).status()).isEqualTo(204);

        clock.advance(Duration.ofDays(10));
        assertThat(client.get(JOBS).status()).isEqualTo(204);
        assertThat(client.post(remaining.element("confirmation-url")).status()).isEqualTo(404);
    }

    @Test
    void documentsOfFailedJobsAreNotStored() {
        try (SigningService storing =
                SigningService.builder().clock(clock).longTermStorage(true).start()) {
            RawClient caller = RawClient.of(storing);
            byte[] bundle = TestBundle.by(storing.clientCertificate(), clock.instant())
                    .manifest(manifest -> manifest.replaceFirst("(<signer>.*</signer>)", "$1$1"))
                    .zip();
            assertThat(caller.create(bundle).status()).isEqualTo(200);
            long id = storing.jobs().latest().id();
            storing.jobs().sign(id, 0);
            storing.jobs().reject(id, 1);
            RawClient.Answered change = caller.get(JOBS);
            assertThat(caller.get(change.element("pades-url")).status()).isEqualTo(200);

            assertThat(caller.post(change.element("confirmation-url")).status()).isEqualTo(200);

            assertThat(caller.get(change.element("pades-url")).status()).isEqualTo(404);
        }
    }

    @Test
    void expiredJobsEndWhenTheirTimeWasOver() {
        long id = createJob(client);
        String due = XmlMessage.dateTime(clock.instant().plus(Duration.ofDays(30)));

        clock.advance(Duration.ofDays(35));

        assertThat(client.get(JOBS).body()).contains("<signature-job-id>" + id + "<", "since=\"" + due + "\">EXPIRED");
    }

    @Test
    void unknownConfirmationsAreNotFound() {
        long id = createJob(client);
        String confirmations = JOBS + "/" + id + "/confirmations/";
        service.jobs().signAll(id);
        assertThat(client.post(confirmations + "1").status())
                .as("before the change was delivered")
                .isEqualTo(404);
        String url = client.get(JOBS).element("confirmation-url");

        for (String number : List.of("0", "2", "99", "999999999999999999999")) {
            RawClient.Answered refused = client.post(confirmations + number);
            assertThat(refused.status()).as(number).isEqualTo(404);
            assertThat(refused.errorCode()).as(number).isEqualTo("NOT_FOUND");
        }
        assertThat(service.jobs().get(id).confirmed()).isFalse();
        assertThat(service.observations().confirmations()).isEmpty();

        assertThat(client.post(url).status()).isEqualTo(200);
        assertThat(client.post(url).status()).as("repeated").isEqualTo(200);
        assertThat(service.jobs().get(id).confirmed()).isTrue();
    }

    private RawClient.Answered delete(String pathOrUrl) {
        return client.send(DELETE, pathOrUrl, "", new byte[0]);
    }

    @Test
    void whoCallsTooOftenIsBlockedForAWhile() {
        try (SigningService limited = SigningService.builder()
                .clock(clock)
                .rateLimit(10, Duration.ofSeconds(30))
                .start()) {
            RawClient caller = RawClient.of(limited);
            for (int call = 1; call <= 10; call++) {
                assertThat(caller.get("/123456789").status()).isEqualTo(200);
            }

            RawClient.Answered blocked = caller.get(JOBS);

            assertThat(blocked.status()).isEqualTo(429);
            assertThat(blocked.headers().contains("DoSFilter")).isTrue();
            assertThat(blocked.headers().contains("X-Next-permitted-poll-time")).isFalse();
            assertThat(blocked.body()).isEmpty();
            clock.advance(Duration.ofMillis(29_999));
            assertThat(caller.get("/123456789").status()).isEqualTo(429);
            clock.advance(Duration.ofMillis(1));
            assertThat(caller.get("/123456789").status()).isEqualTo(200);
        }
    }

    @Test
    void aPadesOfAnySizeCanBeServed() {
        long size = 20_000_001;
        try (SigningService huge = SigningService.builder()
                .clock(clock)
                .pades(job -> GeneratedDocument.ofSize(size))
                .start()) {
            RawClient caller = RawClient.of(huge);
            huge.jobs().signAll(createJob(caller));
            MessageDigest digest = Sha256.digest();

            long received = caller.download(caller.get(JOBS).element("pades-url"))
                    .doOnNext(digest::update)
                    .reduce(0L, (sum, bytes) -> sum + bytes.length)
                    .block();

            assertThat(received).isEqualTo(size);
            assertThat(Sha256.hex(digest)).isEqualTo(GeneratedDocument.sha256OfSize(size));
        }
    }

    @Test
    void anAbortedUploadIsNoCompleteRequestAndLeavesNothing() {
        byte[] whole =
                RawClient.multipart(RawClient.Part.xml(RawClient.REQUEST), RawClient.Part.bundle(new byte[100_000]));

        StepVerifier.create(client.upload(
                        JOBS,
                        Flux.concat(
                                Mono.fromSupplier(() -> Unpooled.wrappedBuffer(whole, 0, whole.length - 20)),
                                Mono.never())))
                .expectSubscription()
                .then(() -> await().until(() -> uploads().length == 1))
                .thenCancel()
                .verify();

        await().until(() -> uploads().length == 0);
        await().until(() -> service.observations().openConnections() == 0);
        assertThat(service.observations().startedRequests(Operation.CREATE)).isOne();
        assertThat(service.observations().completeRequests(Operation.CREATE)).isZero();
        assertThat(service.jobs().all()).isEmpty();
    }

    @Test
    void closingTheServiceDeletesItsFiles() {
        File directory = service.clientCertificate().path().toFile().getParentFile();
        assertThat(client.create(bundle().zip()).status()).isEqualTo(200);
        assertThat(directory).isNotEmptyDirectory();

        service.close();

        assertThat(directory).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        SigningService.Builder second =
                SigningService.builder().port(service.url().getPort());

        assertThatThrownBy(second::start).hasMessageContaining("Failed to bind");
    }

    private String[] uploads() {
        return service.clientCertificate()
                .path()
                .getParent()
                .toFile()
                .list((directory, name) -> name.startsWith("bundle-"));
    }

    private RawClient as(String organizationNumber) {
        return RawClient.of(service, service.issueClientCertificate(organizationNumber));
    }

    /** All services of this JVM trust the same authority. */
    private TestBundle bundle() {
        return TestBundle.by(service.clientCertificate(), clock.instant());
    }

    private long createJob(RawClient creator) {
        RawClient.Answered answer = creator.create(bundle().zip());
        assertThat(answer.status()).isEqualTo(200);
        return Long.parseLong(answer.element("signature-job-id"));
    }

    private static Instant permitted(RawClient.Answered answer) {
        return OffsetDateTime.parse(answer.headers().get("X-Next-permitted-poll-time"))
                .toInstant();
    }
}
