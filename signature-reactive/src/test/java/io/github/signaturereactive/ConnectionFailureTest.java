package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** A connection that is never made: the error says why, and that nothing was sent. */
class ConnectionFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> refusals() {
        return Stream.of(
                        "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nno!!",
                        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n",
                        "HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
                        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                        "")
                .flatMap(response -> Stream.of("https", "http").map(scheme -> Arguments.of(response, scheme)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedTunnelIsTheProxysFault(String response, String scheme) throws Exception {
        try (var proxy = TestProxy.answering(response);
                var client = client(
                        URI.create(scheme + "://127.0.0.1:9/api"),
                        ProxySettings.http("127.0.0.1", proxy.port()).build())) {
            assertThat(failure(client))
                    .hasMessageContaining("the proxy did not open the connection")
                    .hasMessageNotContaining("certificate");
        }
    }

    static Stream<Arguments> brokenHandshakes() {
        Map<String, RawServer.Conversation> servers = Map.of(
                "closed before the handshake", peer -> {},
                "closed during the handshake",
                        peer -> assertThat(peer.readAtLeast(100)).isTrue(),
                "reset during the handshake",
                        peer -> {
                            assertThat(peer.readAtLeast(100)).isTrue();
                            peer.reset();
                        },
                "half an answer",
                        peer -> {
                            assertThat(peer.readAtLeast(100)).isTrue();
                            peer.write(new byte[] {22, 3, 3, 0, 100, 2, 0});
                        });
        return servers.entrySet().stream().map(server -> Arguments.of(server.getKey(), server.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenHandshakes")
    void brokenHandshakeIsNamed(String name, RawServer.Conversation conversation) throws Exception {
        try (var server = new RawServer(conversation);
                var client = client(https(server), null)) {
            assertThat(failure(client))
                    .hasMessageContaining("the connection was closed before the TLS handshake was complete")
                    .hasMessageNotContaining("null");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail.example ESMTP\r\n"})
    void serverWithoutTlsIsNamed(String greeting) throws Exception {
        try (var server = new RawServer(peer -> {
                    assertThat(peer.readAtLeast(100)).isTrue();
                    peer.write(greeting);
                    peer.readAll();
                });
                var client = client(https(server), null)) {
            assertThat(failure(client)).hasMessageContaining("the server does not use TLS");
        }
    }

    private static URI https(RawServer server) {
        return URI.create(server.url().toString().replaceFirst("^http:", "https:"));
    }

    /** The error of a create, which must know for certain that nothing was sent. */
    private static Throwable failure(SignatureClient client) {
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[100])
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                .build()))
                .build();
        var failure = new Throwable[1];
        StepVerifier.create(client.portal().create(job))
                .expectErrorSatisfies(error -> failure[0] = error)
                .verify(PATIENCE);
        assertThat(failure[0])
                .isInstanceOfSatisfying(
                        ServiceUnreachableException.class,
                        unreachable ->
                                assertThat(unreachable.mayHaveBeenReceived()).isFalse());
        return failure[0];
    }

    private static SignatureClient client(URI url, ProxySettings proxy) throws IOException {
        ClientConfiguration.Builder configuration = TestOrganization.configuration(url);
        return SignatureClient.create((proxy == null ? configuration : configuration.proxy(proxy)).build());
    }
}
