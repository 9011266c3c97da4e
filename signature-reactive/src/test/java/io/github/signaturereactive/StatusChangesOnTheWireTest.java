package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Tests the poller against responses that differ from the schema or cannot be read. */
class StatusChangesOnTheWireTest {

    private static final String NAMESPACE = "xmlns='http://signering.posten.no/schema/v1'";

    private final MockWebServer server = new MockWebServer();
    private final Queue<String> offered = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> confirmationStatuses = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<PollEvent.ConfirmationFailed> failedConfirmations = new LinkedBlockingQueue<>();
    private final List<String> confirmed = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<PollEvent.Unreadable> unreadable = new LinkedBlockingQueue<>();
    private volatile String date = "Mon, 02 Mar 2026 09:00:00 GMT";
    private volatile String permitted = "2026-03-02T08:59:00Z";
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return request.getMethod().equals("POST") ? confirm(request) : poll();
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(TestOrganization.configuration(url("")).build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api" + path);
    }

    private MockResponse confirm(RecordedRequest request) {
        confirmed.add(request.getTarget());
        Integer status = confirmationStatuses.poll();
        return new MockResponse.Builder().code(status == null ? 200 : status).build();
    }

    /** Polling is permitted at once. */
    private MockResponse poll() {
        String body = offered.poll();
        MockResponse.Builder response = new MockResponse.Builder()
                .code(body == null ? 204 : 200)
                .addHeader("X-Next-permitted-poll-time", permitted)
                .addHeader("Content-Type", "application/xml");
        if (date != null) {
            response.addHeader("Date", date);
        }
        return body == null ? response.build() : response.body(body).build();
    }

    private StatusChanges<PortalJobStatusChanged> changes() {
        return client.portal()
                .statusChanges()
                .defaultWait(Duration.ofMillis(10))
                .listener(event -> {
                    if (event instanceof PollEvent.Unreadable one) {
                        unreadable.add(one);
                    } else if (event instanceof PollEvent.ConfirmationFailed one) {
                        failedConfirmations.add(one);
                    }
                });
    }

    private void isDelivered(String message, Consumer<PortalJobStatusChanged> as) {
        offered.add(message);
        List<Long> processed = Collections.synchronizedList(new ArrayList<>());

        StepVerifier.create(
                        changes()
                                .confirmAfter(
                                        change -> Mono.fromRunnable(() -> processed.add(change.signatureJobId()))),
                        1)
                .assertNext(change -> {
                    assertThat(change.signatureJobId()).isEqualTo(4711);
                    as.accept(change);
                })
                .thenCancel()
                .verify(Duration.ofSeconds(30));

        assertThat(processed).containsExactly(4711L);
        assertThat(confirmed).containsExactly("/api/123456789/portal/signature-jobs/4711/complete");
        assertThat(unreadable).isEmpty();
    }

    private String message(String status, String signatures) {
        return message(4711, status, signatures);
    }

    private String message(long job, String status, String signatures) {
        return "<portal-signature-job-status-change-response " + NAMESPACE
                + "><signature-job-id>" + job + "</signature-job-id>"
                + "<status>" + status + "</status>"
                + "<confirmation-url>" + url("/123456789/portal/signature-jobs/" + job + "/complete")
                + "</confirmation-url>"
                + "<signatures>" + signatures + "</signatures></portal-signature-job-status-change-response>";
    }

    @Test
    void datesOfEarlierResponsesTellTheServicesTime() {
        date = "Sat, 02 Mar 2126 09:00:00 GMT";
        StepVerifier.create(client.portal().getStatusChange())
                .expectNextCount(1)
                .verifyComplete();
        date = null;
        permitted = "2126-03-02T09:00:00Z";
        offered.add(message(4711, "IN_PROGRESS", ""));
        offered.add(message(4712, "IN_PROGRESS", ""));

        StepVerifier.create(changes()
                        .defaultWait(Duration.ofDays(1))
                        .confirmAfter(change -> Mono.empty())
                        .take(2))
                .expectNextCount(2)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void anUnknownStatusOfTheJobIsDelivered() {
        isDelivered(
                message("SUSPENDED", ""),
                change -> assertThat(change.status()).isEqualTo(new PortalJobStatus("SUSPENDED")));
    }

    @Test
    void anUnknownStatusOfASignerIsDelivered() {
        isDelivered(
                message(
                        "IN_PROGRESS",
                        "<signature><status since='2026-03-01T12:30:00+01:00'>ON_HOLIDAY</status>"
                                + "<personal-identification-number>12345678910</personal-identification-number></signature>"),
                change -> assertThat(change.signatures())
                        .singleElement()
                        .satisfies(signature -> assertThat(signature.is(new SignatureStatus("ON_HOLIDAY")))
                                .isTrue()));
    }

    @Test
    void aSignatureWithoutItsTimeIsDelivered() {
        isDelivered(
                message(
                        "IN_PROGRESS",
                        "<signature><status>SIGNED</status>"
                                + "<personal-identification-number>12345678910</personal-identification-number></signature>"),
                change -> assertThat(change.signatures()).singleElement().satisfies(signature -> {
                    assertThat(signature.is(SignatureStatus.SIGNED)).isTrue();
                    assertThat(signature.since()).isNull();
                }));
    }

    @Test
    void aSignatureWithoutItsSignerIsDelivered() {
        isDelivered(
                message(
                        "IN_PROGRESS",
                        "<signature><status since='2026-03-01T12:30:00+01:00'>SIGNED</status></signature>"),
                change -> assertThat(change.signatures()).singleElement().satisfies(signature -> {
                    assertThat(signature.signer()).isInstanceOf(SignerIdentifier.Unknown.class);
                    assertThat(signature.since()).isEqualTo(OffsetDateTime.parse("2026-03-01T12:30:00+01:00"));
                }));
    }

    @Test
    void whatIsUnknownInAMessageIsPassedOver() {
        isDelivered(
                message(
                                "IN_PROGRESS",
                                "<mood xmlns='urn:other'><status>FAILED</status></mood><signature colour='blue'>"
                                        + "<status since='2026-03-01T12:30:00+01:00' until='later'>SIGNED</status>"
                                        + "<shoe-size unit='eu'>43</shoe-size></signature>")
                        .replace(
                                "<status>IN_PROGRESS", "<weather><status>FAILED</status></weather><status>IN_PROGRESS"),
                change -> {
                    assertThat(change.is(PortalJobStatus.IN_PROGRESS)).isTrue();
                    assertThat(change.signatures())
                            .singleElement()
                            .satisfies(signature -> assertThat(signature.is(SignatureStatus.SIGNED))
                                    .isTrue());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n    ", "\r\n\t", "<!-- the URL -->\n"})
    void whiteSpaceAndCommentsAroundUrlsDoNoHarm(String around) {
        isDelivered(
                message("IN_PROGRESS", "")
                        .replace("<confirmation-url>", "<confirmation-url>" + around)
                        .replace("</confirmation-url>", around + "</confirmation-url>"),
                change -> assertThat(change.confirmationReference().url())
                        .isEqualTo(url("/123456789/portal/signature-jobs/4711/complete")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns4", "a", "signature-job-id", "_"})
    void anyPrefixIsRead(String prefix) {
        String prefixed = message("COMPLETED_SUCCESSFULLY", "<signature><status>SIGNED</status></signature>")
                .replace("</", "\u0000")
                .replace("<", "<" + prefix + ":")
                .replace("\u0000", "</" + prefix + ":")
                .replace(
                        NAMESPACE,
                        "xmlns:" + prefix
                                + "='http://signering.posten.no/schema/v1' xmlns='http://uri.etsi.org/01903/v1.3.2#'"
                                + " xmlns:ns2='http://www.w3.org/2000/09/xmldsig#' xmlns:ns3='http://uri.etsi.org/2918/v1.2.1#'");
        isDelivered(prefixed, change -> {
            assertThat(change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
            assertThat(change.signatures()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"<status>, true", "<signatures>, true", "/signature-job-id>, false", "<signature-job-id>, false"})
    void aMessageThatEndsInTheMiddleIsReportedWithItsJobWhereThatHadCome(String end, boolean known) {
        String whole = message("IN_PROGRESS", "");
        isReported(
                whole.substring(0, whole.indexOf(end)),
                failure -> assertThat(failure.getMessage().contains("job 4711")).isEqualTo(known));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not at home",
                "<html><body><hr>Please log in</body></html>",
                "<portal-signature-job-status-change-response xmlns='http://signering.posten.no/sch\u0000\u0001 <<",
                "{\"status\": \"FAILED\"}"
            })
    void aBodyOfAnotherKindIsReported(String body) {
        isReported(body, failure -> assertThat(failure).hasMessageContaining("cannot be read"));
    }

    @Test
    void aChangeWithoutAStatusOrWithAUrlThatIsNoneIsReportedWithItsJob() {
        isReported(
                message("", ""),
                failure -> assertThat(failure).hasMessageContaining("job 4711").hasMessageContaining("<status>"));
        isReported(
                message("FAILED", "").replace("http://127.0.0.1", "some where"),
                failure -> assertThat(failure)
                        .hasMessageContaining("job 4711")
                        .hasMessageContaining("<confirmation-url>")
                        .hasMessageNotContaining("some where"));
    }

    @Test
    void aBodyThatIsTooLargeIsReported() {
        isReported(
                message("FAILED", "") + " ".repeat(2_000_000),
                failure -> assertThat(failure).hasMessageContaining("1048576 bytes"));
    }

    /** Checks that the message is reported and not confirmed, and that the next change is delivered. */
    private void isReported(String message, Consumer<Throwable> as) {
        confirmed.clear();
        offered.add(message);
        offered.add(message(4712, "FAILED", ""));

        StepVerifier.create(changes().confirmAfter(change -> Mono.empty()), 1)
                .assertNext(change -> assertThat(change.signatureJobId()).isEqualTo(4712))
                .thenCancel()
                .verify(Duration.ofSeconds(30));

        PollEvent.Unreadable event = received(unreadable);
        assertThat(event.queue()).isEqualTo("portal/123456789/");
        as.accept(event.error());
        assertThat(unreadable).isEmpty();
        assertThat(confirmed).containsExactly("/api/123456789/portal/signature-jobs/4712/complete");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 410})
    void refusedConfirmationIsReportedAndTheNextChangeIsDelivered(int status) {
        confirmationStatuses.add(status);

        isReportedAsNotConfirmed(message("FAILED", ""), UnexpectedResponseException.class::isInstance);

        assertThat(confirmed)
                .containsExactly(
                        "/api/123456789/portal/signature-jobs/4711/complete",
                        "/api/123456789/portal/signature-jobs/4712/complete");
    }

    @Test
    void foreignConfirmationUrlIsReportedAndTheNextChangeIsDelivered() {
        String url = url("/123456789/portal/signature-jobs/4711/complete").toString();
        String foreign = message("FAILED", "").replace(url, "https://elsewhere.example/complete");

        isReportedAsNotConfirmed(foreign, Errors.precondition(Reason.FOREIGN_URL));

        assertThat(confirmed).containsExactly("/api/123456789/portal/signature-jobs/4712/complete");
    }

    private void isReportedAsNotConfirmed(String message, Predicate<Throwable> error) {
        offered.add(message);
        offered.add(message(4712, "FAILED", ""));

        StepVerifier.create(changes().confirmAfter(change -> Mono.empty()), 1)
                .assertNext(change -> assertThat(change.signatureJobId()).isEqualTo(4712))
                .thenCancel()
                .verify(Duration.ofSeconds(30));

        PollEvent.ConfirmationFailed event = received(failedConfirmations);
        assertThat(event.jobId()).isEqualTo(4711);
        assertThat(event.error()).matches(error);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void confirmationWithoutAccessEndsTheStream(int status) {
        confirmationStatuses.add(status);
        offered.add(message("FAILED", ""));

        StepVerifier.create(changes().confirmAfter(change -> Mono.empty()))
                .expectError(UnexpectedResponseException.class)
                .verify(Duration.ofSeconds(30));
    }

    private static <E> E received(BlockingQueue<E> events) {
        try {
            E event = events.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
