package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** Each call of the direct flow, byte for byte, and what becomes of each answer. */
class DirectClientWireTest {

    private static final String TOKEN = "tok æ&+/=%";
    private static final String ENCODED_TOKEN = "tok%20%C3%A6%26%2B%2F%3D%25";

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;
    private DirectClient direct;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(
                TestOrganization.configuration(serviceUrl()).build());
        direct = client.direct();
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    @Test
    void aJobIsCreatedWithTwoPartsWithoutNames() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_RESPONSE));

        StepVerifier.create(direct.create(job().build()))
                .assertNext(response -> {
                    assertThat(response.signatureJobId()).isEqualTo(4100);
                    assertThat(response.reference()).isEqualTo("lease-2041");
                    assertThat(response.singleSigner().redirectUrl())
                            .hasToString("https://signering.example/redirect/#/a1");
                })
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /api/123456789/direct/signature-jobs HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("signature-reactive/");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("multipart/mixed; boundary=");
        String boundary = request.getHeaders().get("Content-Type").replaceFirst(".*boundary=", "");
        String body = request.getBody().string(ISO_8859_1);
        String[] parts = body.split("\r\n--" + boundary + "\r\n|^--" + boundary + "\r\n");
        assertThat(parts).hasSize(3);
        assertThat(parts[1])
                .isEqualTo("Content-Type: application/xml\r\n\r\n<?xml version='1.0' encoding='UTF-8'?>"
                        + "<direct-signature-job-request xmlns=\"http://signering.posten.no/schema/v1\">"
                        + "<reference>my-reference</reference><exit-urls>"
                        + "<completion-url>https://sender.example/done</completion-url>"
                        + "<rejection-url>https://sender.example/done</rejection-url>"
                        + "<error-url>https://sender.example/done</error-url></exit-urls>"
                        + "</direct-signature-job-request>");
        assertThat(parts[2]).startsWith("Content-Type: application/octet-stream\r\n\r\nPK");
        assertThat(parts[2]).contains("0000_contract.pdf", "manifest.xml", "META-INF/signatures.xml");
        assertThat(body).endsWith("\r\n--" + boundary + "--\r\n");
    }

    @Test
    void theSenderOfTheJobComesBeforeTheDefaultSender() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_RESPONSE));
        var job = job().withSender(new Sender("987654321", PollingQueue.of("leases")))
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .build();

        StepVerifier.create(direct.create(job)).expectNextCount(1).verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/api/987654321/direct/signature-jobs");
        assertThat(request.getBody().string(ISO_8859_1))
                .contains("<status-retrieval-method>POLLING</status-retrieval-method>"
                        + "<polling-queue>leases</polling-queue>");
    }

    @Test
    void withoutAnySenderNothingIsSent() {
        var configuration = ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                .environment(ServiceEnvironment.DIFITEST.withServiceUrl(serviceUrl()))
                .build();
        try (var anonymous = SignatureClient.create(configuration)) {
            StepVerifier.create(anonymous.direct().create(job().build()))
                    .verifyErrorMatches(Errors.precondition(Reason.NO_SENDER));
            StepVerifier.create(anonymous.direct().getStatusChange())
                    .verifyErrorMatches(Errors.precondition(Reason.NO_SENDER));
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void theStatusIsAskedForWithTheTokenAndTheUrlsOwnQuery() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE));

        StepVerifier.create(
                        direct.getStatus(StatusReference.of(url("/s/1?x=y%2F")).withStatusQueryToken(TOKEN)))
                .assertNext(status -> {
                    assertThat(status.signatureJobId()).isEqualTo(4100);
                    assertThat(status.is(DirectJobStatus.FAILED)).isTrue();
                    assertThat(status.signatureOf("tenant-7")).isPresent();
                    assertThat(status.nextPermittedPollTime()).isNull();
                })
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine())
                .isEqualTo("GET /api/s/1?x=y%2F&status_query_token=" + ENCODED_TOKEN + " HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(request.getBodySize()).isZero();
    }

    @Test
    void aStatusUrlThatLeadsElsewhereIsRefusedWithoutNamingTheToken() {
        var foreign = StatusReference.of(URI.create("https://evil.example/s")).withStatusQueryToken(TOKEN);

        StepVerifier.create(direct.getStatus(foreign))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.precondition(Reason.FOREIGN_URL))
                        .hasMessageNotContaining("tok"))
                .verify();
        StepVerifier.create(direct.requestNewRedirectUrl(SignerUrl.of(URI.create("https://evil.example/s"))))
                .verifyErrorMatches(Errors.precondition(Reason.FOREIGN_URL));
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "403, INVALID_STATUS_QUERY_TOKEN, Use the status_query_token of the signer's last redirect",
        "404, SIGNING_CEREMONY_NOT_COMPLETED, Request the status after the signer has been redirected",
        "404, SOMETHING_ELSE, ''",
        "400, BROKER_NOT_AUTHORIZED, Ask Posten to register it as a broker"
    })
    void errorHasItsCodeAndAdvice(int status, String code, String advice) {
        server.enqueue(xml(status, error(code, "There is a reason")));

        StepVerifier.create(direct.getStatus(StatusReference.of(url("/s")).withStatusQueryToken(TOKEN)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.refusal(status, code))
                        .hasMessageContaining(advice)
                        .hasMessageContaining(
                                "GET /api/s was answered with status " + status + ", " + code + ": There is a reason"))
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, ENCODED_TOKEN})
    void whatTheServiceOrAProxyQuotesOfTheTokenIsHidden(String quoted) {
        var reference = StatusReference.of(url("/s")).withStatusQueryToken(TOKEN);
        server.enqueue(xml(403, error("INVALID_STATUS_QUERY_TOKEN", "No [" + quoted.replace("&", "&amp;") + "] here")));
        server.enqueue(new MockResponse.Builder()
                .code(502)
                .body("<html>GET /api/s?status_query_token=" + quoted + " has failed")
                .build());

        StepVerifier.create(direct.getStatus(reference))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.refusal(403, UnexpectedResponseException.INVALID_STATUS_QUERY_TOKEN))
                        .hasMessageContaining("No [***] here"))
                .verify();
        StepVerifier.create(direct.getStatus(reference))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("GET /api/s was answered with status 502")
                        .hasMessageNotContaining("status_query_token"))
                .verify();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void anAnswerWithoutAStatusIsAnError(int status) {
        server.enqueue(new MockResponse.Builder().code(status).build());

        StepVerifier.create(direct.getStatus(StatusReference.of(url("/s")).withStatusQueryToken(TOKEN)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("GET /api/s was answered with status " + status)
                        .hasMessageNotContaining("tok%20"))
                .verify();
    }

    @Test
    void aNewRedirectUrlIsAskedForWithABody() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNER_RESPONSE));

        StepVerifier.create(direct.requestNewRedirectUrl(SignerUrl.of(url("/signers/1?x=%2F"))))
                .assertNext(signer -> {
                    assertThat(signer.customIdentifier()).isEqualTo("tenant-7");
                    assertThat(signer.redirectUrl()).hasToString("https://signering.example/redirect/#/a2");
                })
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /api/signers/1?x=%2F HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
        assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/xml");
        assertThat(request.getHeaders().get("Content-Encoding")).isNull();
        String body = request.getBody().string(UTF_8);
        assertThat(request.getHeaders().get("Content-Length")).isEqualTo(String.valueOf(body.length()));
        assertThat(body)
                .isEqualTo("<?xml version='1.0' encoding='UTF-8'?>"
                        + "<direct-signer-update-request xmlns=\"http://signering.posten.no/schema/v1\">"
                        + "<redirect-url/></direct-signer-update-request>");
    }

    @Test
    void aSignerOfAResponseIsAskedForAtItsOwnUrl() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNER_RESPONSE));
        var signer = new DirectSignerResponse(null, "tenant-7", SignerUrl.of(url("/signers/1")), null);

        StepVerifier.create(direct.requestNewRedirectUrl(signer))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/signers/1");
    }

    @Test
    void aSignerWithoutAUrlGetsNoNewRedirectUrl() {
        var signer = new DirectSignerResponse(null, "tenant-7", null, null);

        StepVerifier.create(direct.requestNewRedirectUrl(signer))
                .verifyErrorMatches(Errors.precondition(Reason.NO_SIGNER_URL));

        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aRefusalOfANewRedirectUrlIsAnError() {
        server.enqueue(xml(409, error("SIGNER_HAS_SIGNED", "Too late")));

        StepVerifier.create(direct.requestNewRedirectUrl(SignerUrl.of(url("/signers/1"))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("409, SIGNER_HAS_SIGNED: Too late"))
                .verify();
    }

    @Test
    void theDefaultQueueIsPolledWithoutAParameter() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(204)
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());

        StepVerifier.create(direct.getStatusChange())
                .assertNext(change -> {
                    assertThat(change.is(DirectJobStatus.NO_CHANGES)).isTrue();
                    assertThat(change.nextPermittedPollTime()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
                })
                .verifyComplete();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET /api/123456789/direct/signature-jobs HTTP/1.1");
        assertThat(request.getHeaders().values("Accept")).containsExactly("application/xml");
    }

    @Test
    void aNamedQueueIsEncodedAndItsChangeRead() throws Exception {
        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE)
                .newBuilder()
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());

        StepVerifier.create(direct.getStatusChange(new Sender("123456789", PollingQueue.of("kø & 1+/"))))
                .assertNext(change -> {
                    assertThat(change.signatureJobId()).isEqualTo(4100);
                    assertThat(change.nextPermittedPollTime()).isEqualTo(Instant.parse("2026-03-02T10:00:00Z"));
                })
                .verifyComplete();

        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/api/123456789/direct/signature-jobs?polling_queue=k%C3%B8%20%26%201%2B%2F");
    }

    @Test
    void pollingTooEarlySaysWhenItIsPermitted() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());

        StepVerifier.create(direct.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                TooEagerPollingException.class,
                                early -> assertThat(early.nextPermittedPollTime())
                                        .isEqualTo(Instant.parse("2026-03-02T10:00:00Z"))))
                .verify();
    }

    @Test
    void statusChangesAreProcessedThenConfirmedThenEmitted() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(204)
                .addHeader("Date", "Mon, 02 Mar 2026 10:00:00 GMT")
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());
        server.enqueue(xml(200, statusAt(url("/complete")))
                .newBuilder()
                .addHeader("Date", "Mon, 02 Mar 2026 10:00:00 GMT")
                .addHeader("X-Next-permitted-poll-time", "2026-03-02T10:00:00Z")
                .build());
        server.enqueue(new MockResponse.Builder().code(200).build());

        StepVerifier.create(direct.statusChanges(new Sender("123456789", PollingQueue.of("leases")))
                        .defaultWait(Duration.ZERO)
                        .confirmAfter(change -> Mono.fromRunnable(
                                () -> assertThat(server.getRequestCount()).isEqualTo(2)))
                        .take(1))
                .assertNext(change -> {
                    assertThat(change.signatureJobId()).isEqualTo(4100);
                    assertThat(server.getRequestCount()).isEqualTo(3);
                })
                .verifyComplete();

        String poll = "GET /api/123456789/direct/signature-jobs?polling_queue=leases HTTP/1.1";
        assertThat(server.takeRequest().getRequestLine()).isEqualTo(poll);
        assertThat(server.takeRequest().getRequestLine()).isEqualTo(poll);
        assertThat(server.takeRequest().getRequestLine()).isEqualTo("POST /api/complete HTTP/1.1");
    }

    @Test
    void aStatusIsConfirmedWithAnEmptyPost() throws Exception {
        server.enqueue(new MockResponse.Builder().code(200).build());
        server.enqueue(new MockResponse.Builder().code(200).build());
        var reference = ConfirmationReference.of(url("/complete?x=%2F"));

        StepVerifier.create(direct.confirm(reference)).verifyComplete();
        StepVerifier.create(direct.confirm(DirectJobStatusResponse.builder(1, DirectJobStatus.FAILED)
                        .confirmationReference(reference)
                        .build()))
                .verifyComplete();

        for (int i = 0; i < 2; i++) {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST /api/complete?x=%2F HTTP/1.1");
            assertThat(request.getHeaders().get("Content-Length")).isEqualTo("0");
        }
    }

    @Test
    void whatHasNoUrlIsNoCall() {
        var status =
                DirectJobStatusResponse.builder(1, DirectJobStatus.IN_PROGRESS).build();

        StepVerifier.create(direct.confirm(status)).verifyComplete();
        StepVerifier.create(direct.deleteDocuments(status))
                .verifyErrorMatches(Errors.precondition(Reason.NO_DELETE_DOCUMENTS_URL));

        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void documentsAreDeleted() throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());

        StepVerifier.create(direct.deleteDocuments(DeleteDocumentsUrl.of(url("/documents"))))
                .verifyComplete();

        assertThat(server.takeRequest().getRequestLine()).isEqualTo("DELETE /api/documents HTTP/1.1");
    }

    @Test
    void downloadsAskForTheRightMediaTypes() throws Exception {
        server.enqueue(new MockResponse.Builder().body("%PDF").build());
        server.enqueue(new MockResponse.Builder().body("<x/>").build());

        StepVerifier.create(direct.getPAdES(PAdESReference.of(url("/pades"))).toByteArray(100))
                .assertNext(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("%PDF"))
                .verifyComplete();
        StepVerifier.create(direct.getXAdES(XAdESReference.of(url("/xades"))).toByteArray(100))
                .assertNext(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("<x/>"))
                .verifyComplete();

        assertThat(server.takeRequest().getHeaders().values("Accept"))
                .containsExactly("application/octet-stream, application/xml");
        assertThat(server.takeRequest().getHeaders().values("Accept")).containsExactly("application/xml");
    }

    @Test
    void nothingIsSentBeforeASubscriptionAndEachSubscriptionIsACall() {
        var status = direct.getStatus(StatusReference.of(url("/s")).withStatusQueryToken(TOKEN));
        var redirect = direct.requestNewRedirectUrl(SignerUrl.of(url("/signers/1")));
        assertThat(server.getRequestCount()).isZero();

        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE));
        server.enqueue(xml(200, Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE));
        server.enqueue(xml(200, Examples.DIRECT_SIGNER_RESPONSE));
        server.enqueue(xml(200, Examples.DIRECT_SIGNER_RESPONSE));
        StepVerifier.create(status.repeat(1)).expectNextCount(2).verifyComplete();
        StepVerifier.create(redirect.repeat(1)).expectNextCount(2).verifyComplete();

        assertThat(server.getRequestCount()).isEqualTo(4);
    }

    private URI serviceUrl() {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api");
    }

    private URI url(String path) {
        return URI.create(serviceUrl() + path);
    }

    private static String statusAt(URI confirmation) {
        return text(Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE)
                .replaceFirst(
                        "<confirmation-url>.*</confirmation-url>",
                        "<confirmation-url>" + confirmation + "</confirmation-url>");
    }

    private static String error(String code, String message) {
        return "<error xmlns=\"http://signering.posten.no/schema/v1\"><error-code>" + code
                + "</error-code><error-message>" + message
                + "</error-message><error-type>CLIENT</error-type></error>";
    }

    private static String text(Examples example) {
        return new String(example.bytes(), UTF_8);
    }

    private static MockResponse xml(int status, Examples example) {
        return xml(status, text(example));
    }

    private static MockResponse xml(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/xml")
                .body(body)
                .build();
    }

    private static DirectJob.Builder job() {
        return DirectJob.builder(
                        "Title",
                        List.of(DirectDocument.builder("Contract", "%PDF-1.4".getBytes(UTF_8))
                                .build()),
                        List.of(DirectSigner.withCustomIdentifier("tenant-7").build()),
                        ExitUrls.singleExitUrl(URI.create("https://sender.example/done")))
                .withReference("my-reference");
    }
}
