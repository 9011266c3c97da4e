package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

/** What is said of requests and answers: how the client introduces itself, and what a wiretap lets be seen. */
class WiretapTest {

    private static final String PIN = "12345678910";
    private static final String TOKEN = "s3cr3t-t0ken";

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.signaturereactive.wiretap");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @BeforeEach
    void listen() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void requestsAndAnswersAreLoggedWithoutBodiesQueriesAndUnknownHeaders() throws Exception {
        String body = new String(Examples.DIRECT_SIGNATURE_JOB_STATUS_RESPONSE.bytes(), UTF_8);
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nSet-Cookie: " + TOKEN
                + "\r\nLocation: https://example.com/?t=" + TOKEN
                + "\r\nX-Next-permitted-poll-time: 2026-03-02T10:00:00Z\r\nContent-Length: " + body.length()
                + "\r\n\r\n"
                + body;
        try (var server = server(answer);
                var client = client(server, ClientConfiguration.Builder::wiretap)) {
            var status =
                    StatusReference.of(URI.create(server.url() + "/s?x=" + PIN)).withStatusQueryToken(TOKEN);
            StepVerifier.create(client.direct().getStatus(status))
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(client.direct().getStatusChange(new Sender("123456789", PollingQueue.of("leases"))))
                    .expectNextCount(1)
                    .verifyComplete();
        }

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0))
                .contains("> GET /api/s?x=***&status_query_token=*** ")
                .contains("accept: application/xml");
        assertThat(lines().get(1))
                .contains("< 200 for GET /api/s?x=***&status_query_token=*** ")
                .contains("Content-Type: application/xml")
                .contains("X-Next-permitted-poll-time: 2026-03-02T10:00:00Z")
                .contains("Set-Cookie: ***")
                .contains("Location: ***");
        assertThat(lines().get(2)).contains("> GET /api/123456789/direct/signature-jobs?polling_queue=leases ");
        assertThat(String.join("\n", lines())).doesNotContain(TOKEN, PIN, "tenant-7");
    }

    @Test
    void ofACreatedJobTheLogTellsThatItWasCreated() throws Exception {
        byte[] body = Examples.DIRECT_SIGNATURE_JOB_RESPONSE.bytes();
        try (var server = new RawServer(peer -> {
                    if (peer.readUntil("\r\n0\r\n\r\n")) {
                        peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length
                                + "\r\n\r\n" + new String(body, UTF_8));
                        peer.readAll();
                    }
                });
                var client = client(server, ClientConfiguration.Builder::wiretap)) {
            var job = DirectJob.builder(
                            "Kari's sick leave",
                            DirectDocument.builder("Kari's sick leave", PIN.getBytes(UTF_8))
                                    .build(),
                            DirectSigner.withPersonalIdentificationNumber(PIN).build(),
                            ExitUrls.singleExitUrl(URI.create("https://sender.example/?session=" + TOKEN)))
                    .build();

            StepVerifier.create(client.direct().create(job)).expectNextCount(1).verifyComplete();
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("> POST /api/123456789/direct/signature-jobs {");
        assertThat(lines().get(1)).contains("< 200 for POST /api/123456789/direct/signature-jobs {");
        assertThat(String.join("\n", lines())).doesNotContain(TOKEN, PIN, "Kari", "tenant-7", "#/a1");
    }

    @Test
    void aBrokenConnectionIsLoggedToo() throws Exception {
        try (var server = new RawServer(peer -> {
                    peer.readHeaders();
                    peer.reset();
                });
                var client = client(server, ClientConfiguration.Builder::wiretap)) {
            StepVerifier.create(client.direct()
                            .confirm(ConfirmationReference.of(URI.create(server.url() + "/c?t=" + TOKEN))))
                    .verifyError();
        }

        assertThat(lines()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines().get(lines().size() - 1)).contains("POST /api/c?t=*** failed");
        assertThat(String.join("\n", lines())).doesNotContain(TOKEN);
    }

    @Test
    void nothingIsLoggedUnlessAskedFor() throws Exception {
        try (var server = server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYou");
                var client = client(server, configuration -> configuration)) {
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
        }

        assertThat(lines()).isEmpty();
    }

    @Test
    void theUserAgentTellsTheLibraryAndWhatTheApplicationAdds() throws Exception {
        try (var server = server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYou");
                var plain = client(server, configuration -> configuration);
                var client = client(server, configuration -> configuration.includeInUserAgent("leases/2.1; test"))) {
            StepVerifier.create(plain.whoAmI()).expectNextCount(1).verifyComplete();
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

            String java = "(Java " + Runtime.version().feature() + ")";
            assertThat(server.peer(0).received())
                    .containsPattern("(?i)user-agent: signature-reactive/[^ ]+ \\Q" + java + "\\E\r\n");
            assertThat(server.peer(1).received())
                    .containsPattern(
                            "(?i)user-agent: signature-reactive/[^ ]+ \\Q" + java + "\\E \\(leases/2\\.1; test\\)\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\r\nX: y", "bl\u00E5b\u00E6r", "(nested)", "back\\slash", "\u007F"})
    void whatAHeaderCannotCarryIsRefused(String addition) {
        assertThatThrownBy(() -> ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                        .includeInUserAgent(addition))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("User-Agent");
    }

    private List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static RawServer server(String answer) throws IOException {
        return new RawServer(peer -> {
            while (peer.readUntil("\r\n\r\n")) {
                peer.write(answer);
                if (!answer.contains("\r\nX-Next")) {
                    peer.readAll();
                    return;
                }
                peer.forgetReceived();
            }
        });
    }

    private static SignatureClient client(RawServer server, UnaryOperator<ClientConfiguration.Builder> configuration) {
        return SignatureClient.create(configuration
                .apply(TestOrganization.configuration(server.url()))
                .build());
    }
}
