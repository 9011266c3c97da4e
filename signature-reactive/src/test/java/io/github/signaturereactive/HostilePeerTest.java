package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a peer can do that no service would, and what nobody is to see of it. */
class HostilePeerTest {

    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT HTTP AT ALL\r\n\r\n",
                "HTTP/1.1 abc Strange\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
            })
    void anAnswerThatIsNoHttpIsAFaultOfTheConnection(String answer) throws Exception {
        try (var server = answering(answer);
                var client = client(server)) {
            StepVerifier.create(client.portal().getStatusChange())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("GET /api/123456789/portal/signature-jobs"))
                    .verify();
        }
    }

    @Test
    void aHeaderWithoutEndIsAFaultOfTheConnection() throws Exception {
        try (var server = answering("HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
                var client = client(server)) {
            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("is not valid HTTP"))
                    .verify();
        }
    }

    @Test
    void pollingGoesOnAfterAnAnswerThatIsNoHttp() throws Exception {
        String change = new String(Examples.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE.bytes(), UTF_8);
        Queue<String> answers = new ConcurrentLinkedQueue<>(List.of(
                "garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n" + "x".repeat(1_048_577),
                "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + change.getBytes(UTF_8).length
                        + "\r\n\r\n" + change));
        Queue<PollEvent> events = new ConcurrentLinkedQueue<>();
        try (var server = new RawServer(peer -> {
                    while (peer.readUntil("\r\n\r\n")) {
                        peer.forgetReceived();
                        peer.write(answers.remove());
                    }
                });
                var client = client(server)) {
            StepVerifier.create(client.portal()
                            .statusChanges()
                            .backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                            .defaultWait(Duration.ofMillis(10))
                            .listener(events::add)
                            .receive()
                            .take(1))
                    .assertNext(received ->
                            assertThat(received.value().signatureJobId()).isEqualTo(9001))
                    .verifyComplete();
        }
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.BackingOff.class);
        assertThat(events).hasAtLeastOneElementOfType(PollEvent.Unreadable.class);
    }

    @Test
    void pollingEndsWhenTheClientIsClosed() throws Exception {
        try (var server = answering(NO_CONTENT);
                var client = client(server)) {
            StepVerifier.create(client.portal()
                            .statusChanges()
                            .defaultWait(Duration.ofMillis(1))
                            .listener(event -> close(client))
                            .confirmAfter(change -> Mono.empty()))
                    .verifyError(ClientClosedException.class);
        }
    }

    @Test
    void anAnswerThatTricklesInIsNotAwaitedForEver() throws Exception {
        var trickling = new AtomicInteger();
        try (var server = new RawServer(peer -> {
                    assertThat(peer.readUntil("\r\n\r\n")).isTrue();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    while (trickling.incrementAndGet() < 1_000_000) {
                        peer.write("x");
                        peer.listenFor(Duration.ofMillis(20));
                    }
                });
                var client = SignatureClient.create(TestOrganization.configuration(server.url())
                        .calls(calls -> calls.idleTimeout(Duration.ofMillis(300)))
                        .build())) {
            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("did not complete the response in time"))
                    .verify();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n%PDF-1.7 and no more",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n<h1>Proxy</h1>",
            })
    void whatIsNoDocumentOrCannotBeToldToBeAWholeOneIsNotSaved(String answer, @TempDir Path directory)
            throws Exception {
        try (var server = new RawServer(peer -> {
                    assertThat(peer.readUntil("\r\n\r\n")).isTrue();
                    peer.write(answer);
                });
                var client = client(server)) {
            var pades = client.portal().getPAdES(PAdESReference.of(URI.create(server.url() + "/pades")));

            StepVerifier.create(pades.saveTo(directory.resolve("signed.pdf")))
                    .verifyError(UnexpectedResponseException.class);

            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void whatTheServiceQuotesOfSignersIsMasked() throws Exception {
        String error = """
                <error xmlns="http://signering.posten.no/schema/v1"><error-code>SCHEMA_VALIDATION_ERROR</error-code>\
                <error-message>Value '12345678910' is not valid\n for ola@example.com, +4799999999 or 99999999; \
                sender 123456789 %s</error-message><error-type>CLIENT</error-type></error>""".formatted("x".repeat(10_000));
        try (var server = answering("HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: "
                        + error.getBytes(UTF_8).length + "\r\n\r\n" + error);
                var client = client(server)) {
            StepVerifier.create(client.portal().getStatusChange())
                    .expectErrorSatisfies(refused -> assertThat(refused)
                            .isInstanceOf(UnexpectedResponseException.class)
                            .message()
                            .contains("Value '***' is not valid for ***, *** or ***; sender 123456789 xxx")
                            .doesNotContain("\n")
                            .hasSizeLessThan(1000))
                    .verify();
        }
    }

    @Test
    void theErrorOfADocumentIsInNoLog() throws Exception {
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        try (var server = new RawServer(RawServer.Peer::readAll);
                var client = client(server)) {
            Flux<ByteBuffer> failing = Flux.just(ByteBuffer.allocate(10))
                    .concatWith(Mono.error(new IOException("no contract for 12345678910")));
            var job = PortalJob.builder(
                            "Title",
                            List.of(PortalDocument.builder("Document", failing).build()),
                            List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                    .build()))
                    .build();

            StepVerifier.create(client.portal().create(job)).verifyError(IOException.class);
            server.peer(0).awaitEnd();
        } finally {
            root.detachAppender(appender);
        }
        assertThat(appender.list.stream()
                        .map(event ->
                                event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .collect(Collectors.joining("\n")))
                .doesNotContain("12345678910")
                .doesNotContain("ola@example.com");
    }

    @Test
    void aServiceUrlWithUserInformationIsRefusedWithoutRepeatingIt() {
        assertThat(catchThrowable(() ->
                        ServiceEnvironment.DIFITEST.withServiceUrl(URI.create("https://user:secret@host.example/api"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    private static void close(SignatureClient client) {
        var unused = client.disposeLater().subscribe();
    }

    private static SignatureClient client(RawServer server) {
        return SignatureClient.create(
                TestOrganization.configuration(server.url()).build());
    }

    /** Answers every request in the same way. */
    private static RawServer answering(String answer) throws IOException {
        return new RawServer(peer -> {
            while (peer.readUntil("\r\n\r\n")) {
                peer.forgetReceived();
                peer.write(answer);
            }
        });
    }
}
