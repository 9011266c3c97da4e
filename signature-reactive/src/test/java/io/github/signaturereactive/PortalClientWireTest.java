package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
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

/** Each call of the portal flow, byte for byte, and what becomes of each answer. */
class PortalClientWireTest {

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;
    private PortalClient portal;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(
                TestOrganization.configuration(serviceUrl()).build());
        portal = client.portal();
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    @Test
    void aJobIsCreatedWithTwoPartsWithoutNames() throws Exception {
        server.enqueue(xml(200, new String(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes(), UTF_8)));

        StepVerifier.create(portal.create(job()))
                .assertNext(response -> {
                    assertThat(response.signatureJobId()).isEqualTo(9001);
                    assertThat(response.reference()).isEqualTo("minutes-17");
                    assertThat(response.cancellationUrl()).isNotNull();
                })
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/api/123456789/portal/signature-jobs");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("signature-reactive/");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/mixed; boundary=");
        String boundary = request.getHeaders().get("Content-Type").replaceFirst(".*boundary=", "");
        String body = request.getBody().string(ISO_8859_1);
        String[] parts = body.split("\r\n--" + boundary + "\r\n|^--" + boundary + "\r\n");
        assertThat(parts).hasSize(3);
        assertThat(parts[0]).isEmpty();
        assertThat(parts[1]).startsWith("Content-Type: application/xml\r\n\r\n<?xml");
        assertThat(parts[1]).contains("<reference>my-reference</reference>");
        assertThat(parts[2]).startsWith("Content-Type: application/octet-stream\r\n\r\nPK");
        assertThat(body).endsWith("\r\n--" + boundary + "--\r\n");
        byte[] zip = parts[2].substring("Content-Type: application/octet-stream\r\n\r\n".length())
                .getBytes(ISO_8859_1);
        assertThat(entryNames(zip)).containsExactly("0000_contract.pdf", "manifest.xml", "META-INF/signatures.xml");
    }

    @Test
    void theSenderOfTheJobComesBeforeTheDefaultSender() throws Exception {
        server.enqueue(xml(200, new String(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes(), UTF_8)));
        var job = PortalJob.builder("Title", documents(), signers())
                .withSender(new Sender("987654321"))
                .build();

        StepVerifier.create(portal.create(job)).expectNextCount(1).verifyComplete();

        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/987654321/portal/signature-jobs");
    }

    @Test
    void everyCallWorksWithoutDefaultSender() throws Exception {
        var configuration = ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                .environment(ServiceEnvironment.DIFITEST.withServiceUrl(serviceUrl()))
                .build();
        var sender = new Sender("987654321");
        var job = PortalJob.builder("Title", documents(), signers())
                .withSender(sender)
                .build();
        server.enqueue(xml(200, new String(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes(), UTF_8)));
        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(new MockResponse.Builder().code(403).build());
        server.enqueue(new MockResponse.Builder().code(200).build());
        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(new MockResponse.Builder().code(200).build());
        server.enqueue(new MockResponse.Builder().code(200).body("pades").build());
        server.enqueue(new MockResponse.Builder().code(200).body("archived").build());

        try (var client = SignatureClient.create(configuration)) {
            PortalClient portal = client.portal();
            var owner = ArchiveOwner.ofOrganizationNumber("987654321");
            StepVerifier.create(portal.create(job)).expectNextCount(1).verifyComplete();
            StepVerifier.create(portal.getStatusChange(sender))
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(portal.statusChanges(sender).confirmAfter(change -> Mono.empty()))
                    .verifyError(UnexpectedResponseException.class);
            StepVerifier.create(portal.confirm(ConfirmationReference.of(url("/confirm"))))
                    .verifyComplete();
            StepVerifier.create(portal.cancel(CancellationUrl.of(url("/cancel"))))
                    .verifyComplete();
            StepVerifier.create(portal.deleteDocuments(DeleteDocumentsUrl.of(url("/documents"))))
                    .verifyComplete();
            StepVerifier.create(
                            portal.getPAdES(PAdESReference.of(url("/pades"))).toByteArray(10))
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(client.archive().getPAdES(owner, "a").toByteArray(10))
                    .expectNextCount(1)
                    .verifyComplete();
        }

        for (String target : List.of(
                "/api/987654321/portal/signature-jobs",
                "/api/987654321/portal/signature-jobs",
                "/api/987654321/portal/signature-jobs",
                "/api/confirm",
                "/api/cancel",
                "/api/documents",
                "/api/pades",
                "/api/987654321/archive/documents/a/pades")) {
            assertThat(server.takeRequest().getTarget()).isEqualTo(target);
        }
    }

    @Test
    void withoutAnySenderNothingIsSent() {
        var configuration = ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                .environment(ServiceEnvironment.DIFITEST.withServiceUrl(serviceUrl()))
                .build();
        try (var anonymous = SignatureClient.create(configuration)) {
            StepVerifier.create(anonymous.portal().create(job()))
                    .verifyErrorMatches(Errors.precondition(Reason.NO_SENDER));
            StepVerifier.create(anonymous.portal().getStatusChange())
                    .verifyErrorMatches(Errors.precondition(Reason.NO_SENDER));
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theDefaultQueueIsPolledWithoutAParameter() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());

        StepVerifier.create(portal.getStatusChange())
                .assertNext(change ->
                        assertThat(change.is(PortalJobStatus.NO_CHANGES)).isTrue())
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET /api/123456789/portal/signature-jobs HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(request.getBodySize()).isZero();
    }

    @Test
    void theNameOfAQueueIsEncoded() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());

        StepVerifier.create(portal.getStatusChange(new Sender("123456789", PollingQueue.of("kø & 1+/"))))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/api/123456789/portal/signature-jobs?polling_queue=k%C3%B8%20%26%201%2B%2F");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T10:39:46.610+01:00,2026-03-02T09:39:46.610Z",
        "2026-03-02T10:39:46.6101234+01:00,2026-03-02T09:39:46.610123400Z",
        "2026-03-02T10:39:46+01:00,2026-03-02T09:39:46Z",
        "2026-03-02T10:39+01:00,2026-03-02T09:39:00Z",
        "2026-03-02T09:39:46Z,2026-03-02T09:39:46Z",
        "2026-03-02T10:39:46.610+01:00[Europe/Oslo],2026-03-02T09:39:46.610Z",
        "2026-03-02T10:39:46+0100,2026-03-02T09:39:46Z",
        "2026-03-02T10:39:46+01,2026-03-02T09:39:46Z",
    })
    void theNextPermittedPollTimeIsReadInEveryForm(String header, Instant expected) {
        server.enqueue(new MockResponse.Builder()
                .code(204)
                .addHeader("x-next-PERMITTED-poll-time", header)
                .build());

        StepVerifier.create(portal.getStatusChange())
                .assertNext(change -> assertThat(change.nextPermittedPollTime()).isEqualTo(expected))
                .verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-03-02", "2026-03-02T10:39:46"})
    void anUnreadablePollTimeIsAsGoodAsNone(String header) {
        server.enqueue(xml(200, statusChange())
                .newBuilder()
                .addHeader("X-Next-permitted-poll-time", header)
                .build());

        StepVerifier.create(portal.getStatusChange())
                .assertNext(change -> {
                    assertThat(change.signatureJobId()).isEqualTo(9001);
                    assertThat(change.nextPermittedPollTime()).isNull();
                })
                .verifyComplete();
    }

    @Test
    void pollingTooEarlySaysWhenItIsPermitted() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                TooEagerPollingException.class,
                                early -> assertThat(early.nextPermittedPollTime())
                                        .isEqualTo(Instant.parse("2026-03-02T10:00:00Z")))
                        .hasMessageContaining("2026-03-02T10:00:00Z"))
                .verify();
    }

    @Test
    void theRateLimiterIsNotMistakenForPollingTooEarly() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("DoSFilter", "unavailable")
                .build());

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("30 seconds"))
                .verify();
    }

    @Test
    void aChangeIsConfirmedWithAnEmptyPost() throws Exception {
        server.enqueue(new MockResponse.Builder().code(200).build());

        StepVerifier.create(portal.confirm(ConfirmationReference.of(url("/anything/complete?x=%2F"))))
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /api/anything/complete?x=%2F HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo("0");
        assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
    }

    @Test
    void confirmingWhatNeedsNoConfirmationIsNoCall() {
        var change = PortalJobStatusChanged.builder(1, PortalJobStatus.FAILED).build();

        StepVerifier.create(portal.confirm(change)).verifyComplete();

        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void aJobIsCancelledByAnySuccess(int status) throws Exception {
        server.enqueue(new MockResponse.Builder().code(status).build());

        StepVerifier.create(portal.cancel(CancellationUrl.of(url("/cancel")))).verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /api/cancel HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<error xmlns='http://signering.posten.no/schema/v1'/>", "<html>"})
    void aConflictMeansThatTheJobCannotBeCancelledWhateverTheBody(String body) {
        server.enqueue(xml(409, body));

        StepVerifier.create(portal.cancel(CancellationUrl.of(url("/cancel"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refused -> assertThat(refused.httpStatus()).isEqualTo(409))
                        .hasMessageContaining("already completed, failed or cancelled"))
                .verify();
    }

    @Test
    void whatHasNoUrlCannotBeCancelledOrDeleted() {
        var change = PortalJobStatusChanged.builder(1, PortalJobStatus.FAILED).build();

        StepVerifier.create(portal.cancel(new PortalJobResponse(1, null, null)))
                .verifyErrorMatches(Errors.precondition(Reason.NO_CANCELLATION_URL));
        StepVerifier.create(portal.cancel(change)).verifyErrorMatches(Errors.precondition(Reason.NO_CANCELLATION_URL));
        StepVerifier.create(portal.deleteDocuments(change))
                .verifyErrorMatches(Errors.precondition(Reason.NO_DELETE_DOCUMENTS_URL));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void documentsAreDeleted() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());

        StepVerifier.create(portal.deleteDocuments(DeleteDocumentsUrl.of(url("/documents"))))
                .verifyComplete();

        assertThat(server.takeRequest().getRequestLine()).isEqualTo("DELETE /api/documents HTTP/1.1");
    }

    @Test
    void downloadsAskForTheRightMediaTypes() throws Exception {
        server.enqueue(new MockResponse.Builder().body("%PDF").build());
        server.enqueue(new MockResponse.Builder().body("<x/>").build());

        StepVerifier.create(portal.getPAdES(PAdESReference.of(url("/pades"))).toByteArray(100))
                .assertNext(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("%PDF"))
                .verifyComplete();
        StepVerifier.create(portal.getXAdES(XAdESReference.of(url("/xades"))).toByteArray(100))
                .assertNext(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("<x/>"))
                .verifyComplete();

        RecordedRequest pades = server.takeRequest();
        assertThat(pades.getRequestLine()).isEqualTo("GET /api/pades HTTP/1.1");
        assertThat(pades.getHeaders().values("Accept")).containsExactly("application/octet-stream, application/xml");
        RecordedRequest xades = server.takeRequest();
        assertThat(xades.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(xades.getConnectionIndex()).isEqualTo(pades.getConnectionIndex());
    }

    @Test
    void whoAmIGivesTheServicesWords() throws Exception {
        server.enqueue(new MockResponse.Builder().body("You are 123456789\n").build());

        StepVerifier.create(client.whoAmI()).expectNext("You are 123456789").verifyComplete();

        assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /api/123456789 HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:%d/confirm",
                "http://localhost:%d/confirm",
                "http://127.0.0.1:1%d/confirm",
                "http://evil.example/confirm",
                "http://user@127.0.0.1:%d/confirm",
                "http://127.0.0.1:%d@evil.example/confirm",
            })
    void aLinkThatLeadsElsewhereIsRefused(String url) {
        var foreign = URI.create(String.format(url, server.getPort()).replace(":1" + server.getPort(), ":11"));

        StepVerifier.create(portal.confirm(ConfirmationReference.of(foreign)))
                .verifyErrorMatches(Errors.precondition(Reason.FOREIGN_URL));
        StepVerifier.create(portal.getPAdES(PAdESReference.of(foreign)).content())
                .verifyErrorMatches(Errors.precondition(Reason.FOREIGN_URL));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void redirectsAreNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", url("/elsewhere").toString())
                .build());

        StepVerifier.create(portal.confirm(ConfirmationReference.of(url("/confirm"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("status 302")
                        .hasMessageContaining("Redirects are not followed"))
                .verify();
        assertThat(server.getRequestCount()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "Application/XML;charset=utf-8", "application/xml ; charset=\"UTF-8\""})
    void anErrorMessageIsReadWhateverTheParametersOfItsMediaType(String contentType) {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .addHeader("Content-Type", contentType)
                .body(new String(Examples.ERROR.bytes(), UTF_8))
                .build());

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(UnexpectedResponseException.class, refused -> {
                            assertThat(refused.httpStatus()).isEqualTo(400);
                            assertThat(refused.errorCode()).isEqualTo("BROKER_NOT_AUTHORIZED");
                            assertThat(refused.errorMessage())
                                    .isEqualTo("100101688 may not act on behalf of 123456789");
                        })
                        .hasMessageContaining("GET /api/123456789/portal/signature-jobs"))
                .verify();
    }

    @Test
    void errorOfAProxyKeepsItsStatusOnly() {
        server.enqueue(new MockResponse.Builder()
                .code(502)
                .addHeader("Content-Type", "text/html")
                .body("<html>\n<h1>Bad gateway</h1>" + "x".repeat(1000))
                .build());

        StepVerifier.create(portal.create(job()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                unexpected ->
                                        assertThat(unexpected.httpStatus()).isEqualTo(502))
                        .hasMessageContaining(
                                "was answered with status 502. The body is not an error message of the service"
                                        + " (text/html, 1027 bytes)"))
                .verify();
    }

    @Test
    void anErrorWithoutABodyIsStillAnError() {
        server.enqueue(new MockResponse.Builder().code(500).build());

        StepVerifier.create(portal.confirm(ConfirmationReference.of(url("/confirm"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("POST /api/confirm was answered with status 500."))
                .verify();
    }

    @Test
    void aRefusedDownloadIsTheServicesError() {
        server.enqueue(xml(404, """
                <error xmlns="http://signering.posten.no/schema/v1"><error-code>GONE</error-code>\
                <error-message>The documents have been deleted</error-message><error-type>CLIENT</error-type></error>"""));

        StepVerifier.create(portal.getPAdES(PAdESReference.of(url("/pades"))).content())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("404, GONE: The documents have been deleted"))
                .verify();
    }

    @Test
    void aSuccessThatCannotBeReadIsAnErrorThatQuotesNothing() {
        server.enqueue(xml(200, "<portal-signature-job-status-change-response><secret>12345678910</secret>"));

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("GET /api/123456789/portal/signature-jobs")
                        .hasMessageNotContaining("12345678910"))
                .verify();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        server.enqueue(xml(200, "x".repeat((1 << 20) + 1)));

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("more than 1048576 bytes"))
                .verify();
    }

    @Test
    void aRejectedBundleMentionsAClockThatIsWrong() {
        server.enqueue(xml(400, """
                        <error xmlns="http://signering.posten.no/schema/v1"><error-code>ASICE_VALIDATION_FAILED</error-code>\
                        <error-message>Signing time</error-message><error-type>CLIENT</error-type></error>""")
                .newBuilder()
                .addHeader("Date", "Mon, 02 Mar 2026 10:00:00 GMT")
                .build());
        var configuration = TestOrganization.configuration(serviceUrl())
                .clock(Clock.fixed(Instant.parse("2026-03-02T11:00:00Z"), ZoneOffset.UTC))
                .build();
        try (var late = SignatureClient.create(configuration)) {
            StepVerifier.create(late.portal().create(job()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .hasMessageContaining("ASICE_VALIDATION_FAILED: Signing time")
                            .hasMessageContaining("differs from the clock of the service by 3600 s"))
                    .verify();
        }
    }

    @Test
    void connectionsAreUsedAgainAfterEveryKindOfAnswer() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(xml(200, statusChange()));
        server.enqueue(xml(400, new String(Examples.ERROR.bytes(), UTF_8)));
        server.enqueue(new MockResponse.Builder().code(500).build());
        server.enqueue(new MockResponse.Builder().code(200).build());

        var configuration = TestOrganization.configuration(serviceUrl())
                .calls(calls -> calls.maxConnections(1))
                .build();
        try (var one = SignatureClient.create(configuration)) {
            StepVerifier.create(one.portal().getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(one.portal().getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(one.portal().getStatusChange()).verifyError();
            StepVerifier.create(one.portal().getStatusChange()).verifyError();
            StepVerifier.create(one.portal().confirm(ConfirmationReference.of(url("/confirm"))))
                    .verifyComplete();
        }

        for (int exchange = 0; exchange < 5; exchange++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getConnectionIndex()).isZero();
            assertThat(request.getExchangeIndex()).isEqualTo(exchange);
        }
    }

    @Test
    void nothingIsSentBeforeASubscriptionAndEachSubscriptionIsACall() {
        var poll = portal.getStatusChange();
        assertThat(server.getRequestCount()).isZero();

        server.enqueue(new MockResponse.Builder().code(204).build());
        server.enqueue(new MockResponse.Builder().code(204).build());
        StepVerifier.create(poll.repeat(1)).expectNextCount(2).verifyComplete();

        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void plainHttpIsForLoopbackAddressesOnly() {
        assertThatThrownBy(() -> ServiceEnvironment.PRODUCTION.withServiceUrl(URI.create("http://api.example/api")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
        assertThat(ServiceEnvironment.PRODUCTION
                        .withServiceUrl(URI.create("https://api.example/api/"))
                        .serviceUrl())
                .hasToString("https://api.example/api");
    }

    private URI serviceUrl() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api");
    }

    private URI url(String path) {
        return URI.create(serviceUrl() + path);
    }

    private static String statusChange() {
        return new String(Examples.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE.bytes(), UTF_8);
    }

    private static MockResponse xml(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/xml")
                .body(body)
                .build();
    }

    private static PortalJob job() {
        return PortalJob.builder("Title", documents(), signers())
                .withReference("my-reference")
                .build();
    }

    private static List<PortalDocument> documents() {
        return List.of(
                PortalDocument.builder("Contract", "%PDF-1.4".getBytes(UTF_8)).build());
    }

    private static List<PortalSigner> signers() {
        return List.of(PortalSigner.identifiedByEmail("signer@example.com").build());
    }

    private static List<String> entryNames(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
