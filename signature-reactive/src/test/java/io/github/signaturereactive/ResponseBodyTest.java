package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.schemas.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Response bodies of unexpected types and codings: which of them are read, and what errors quote. */
class ResponseBodyTest {

    private static final String ERROR =
            "<error xmlns=\"http://signering.posten.no/schema/v1\"><error-code>FEATURE_NOT_AVAILABLE</error-code>"
                    + "<error-message>No names</error-message><error-type>CLIENT</error-type></error>";

    private final MockWebServer server = new MockWebServer();
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        client = SignatureClient.create(
                TestOrganization.configuration(url("")).unlimitedCalls().build());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api" + path);
    }

    private static MockResponse response(int status, byte[] body, String... headers) {
        var response = new MockResponse.Builder().code(status).body(new Buffer().write(body));
        for (int i = 0; i < headers.length; i += 2) {
            response.setHeader(headers[i], headers[i + 1]);
        }
        return response.build();
    }

    private Mono<byte[]> download() {
        return client.portal().getPAdES(PAdESReference.of(url("/p"))).toByteArray(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml", "Text/XML; charset=utf-8", "application/problem+xml", ""})
    void errorMessageIsReadWhateverItsMediaType(String contentType) {
        MockResponse.Builder response = new MockResponse.Builder().code(400).body(ERROR);
        server.enqueue(
                contentType.isEmpty()
                        ? response.build()
                        : response.setHeader("Content-Type", contentType).build());

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(UnexpectedResponseException.class, refused -> {
                            assertThat(refused.errorCode()).isEqualTo("FEATURE_NOT_AVAILABLE");
                            assertThat(refused.errorMessage()).isEqualTo("No names");
                        }))
                .verify();
    }

    static Stream<byte[]> bodiesOfProxies() {
        String page = "<html><body>No route for ola@example.com, 98765432100</body></html>";
        return Stream.of(
                page.getBytes(UTF_8),
                page.getBytes(UTF_16),
                "98765432100".getBytes(UTF_8),
                "98765432100".getBytes(UTF_16),
                ("x".repeat(195) + "98765432100").getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("bodiesOfProxies")
    void bodyThatIsNoErrorMessageIsNotQuoted(byte[] body) {
        for (String type : List.of("text/html", "text/plain", "application/xml", "98765432100")) {
            server.enqueue(response(502, body, "Content-Type", type));

            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    UnexpectedResponseException.class,
                                    refused ->
                                            assertThat(refused.errorMessage()).isNull())
                            .hasMessageContaining("is not an error message of the service")
                            .hasMessageContaining(body.length + " bytes")
                            .hasMessageNotContaining("ola")
                            .hasMessageNotContaining("9876543"))
                    .verify();
        }
    }

    @Test
    void documentWithoutLengthIsNotQuoted() throws Exception {
        verifyDownload(
                peer -> peer.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n%PDF-1.7 secret clause"),
                error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageNotContaining("secret"));
    }

    @Test
    void responsesAreRequestedWithoutCoding() throws Exception {
        server.enqueue(response(200, new byte[] {1}));
        StepVerifier.create(download()).expectNextCount(1).verifyComplete();

        assertThat(server.takeRequest().getHeaders().values("Accept-Encoding")).containsExactly("identity");
    }

    static Stream<List<String>> codings() {
        return Stream.of(
                List.of("Content-Encoding", "gzip"),
                List.of("Content-Encoding", "br, identity"),
                List.of("Content-Encoding", "something else entirely, of 98765432100"));
    }

    @ParameterizedTest
    @MethodSource("codings")
    void encodedDocumentIsRefused(List<String> header, @TempDir Path directory) throws IOException {
        byte[] compressed = gzip("%PDF-1.7".getBytes(UTF_8));
        server.enqueue(response(200, compressed, header.get(0), header.get(1)));

        StepVerifier.create(
                        client.portal().getPAdES(PAdESReference.of(url("/p"))).saveTo(directory.resolve("signed.pdf")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("The body has the coding '")
                        .hasMessageNotContaining("9876543"))
                .verify();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void documentWithTransferCodingIsRefused() throws Exception {
        byte[] compressed = gzip("%PDF-1.7".getBytes(UTF_8));
        verifyDownload(
                peer -> {
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                            + Integer.toHexString(compressed.length) + "\r\n");
                    peer.write(compressed);
                    peer.write("\r\n0\r\n\r\n");
                },
                error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("The body has the coding 'gzip'"));
    }

    private static void verifyDownload(RawServer.Conversation response, Consumer<Throwable> error) throws Exception {
        try (var raw = new RawServer(peer -> {
                    peer.readHeaders();
                    response.with(peer);
                });
                var other = SignatureClient.create(
                        TestOrganization.configuration(raw.url()).build())) {
            StepVerifier.create(other.portal()
                            .getPAdES(PAdESReference.of(URI.create(raw.url() + "/p")))
                            .toByteArray(1_000))
                    .expectErrorSatisfies(error)
                    .verify();
        }
    }

    @Test
    void encodedMessageIsRefused() throws IOException {
        server.enqueue(response(
                200,
                gzip(Examples.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE.bytes()),
                "Content-Type",
                "application/xml",
                "Content-Encoding",
                "gzip"));

        StepVerifier.create(client.portal().getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("The body has the coding 'gzip'"))
                .verify();
    }

    @Test
    void onlyRedirectsAreExplainedAsSuch() {
        server.enqueue(response(302, new byte[0], "Location", "/elsewhere"));
        server.enqueue(response(304, new byte[0]));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("Redirects are not followed"))
                .verify();
        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error ->
                        assertThat(error).hasMessageContaining("status 304").hasMessageNotContaining("Redirects"))
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:localhost:8443/api", "urn:isbn:1", "https:///api", "mailto:ola@example.com"})
    void linkWithoutHostIsNamedAsSuch(String link) {
        StepVerifier.create(client.portal().confirm(ConfirmationReference.of(URI.create(link))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.precondition(Reason.FOREIGN_URL))
                        .hasMessageContaining("no host (scheme '")
                        .hasMessageNotContaining("null")
                        .hasMessageNotContaining("ola"))
                .verify();
    }

    @Test
    void shortQueryValuesAreNotHiddenInMessages() {
        server.enqueue(response(
                404,
                ERROR.replace("No names", "Job 1 has 12 signers, token t0k3n is wrong")
                        .getBytes(UTF_8),
                "Content-Type",
                "application/xml"));

        StepVerifier.create(client.portal().confirm(ConfirmationReference.of(url("/c?v=1&token=t0k3n"))))
                .expectErrorSatisfies(
                        error -> assertThat(error).hasMessageContaining("Job 1 has 12 signers, token *** is wrong"))
                .verify();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }
}
