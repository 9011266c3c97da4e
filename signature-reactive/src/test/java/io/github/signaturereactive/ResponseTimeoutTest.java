package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** How long a call waits for the headers of its response, and which response it takes for the final one. */
class ResponseTimeoutTest {

    /** More often than this a server that trickles is not asked to; the client must have given up long before. */
    private static final int MANY = 10_000;

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    private static final Set<ApiCall> KINDS =
            EnumSet.of(ApiCall.POLL_PORTAL, ApiCall.CREATE_PORTAL_JOB, ApiCall.CONFIRM, ApiCall.XADES);

    static Stream<Arguments> trickles() {
        return KINDS.stream()
                .flatMap(call -> Stream.of(
                                "x",
                                "\r\n",
                                "HTTP/1.1 100 Continue\r\n\r\n",
                                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
                        .map(trickle -> Arguments.of(call, trickle)));
    }

    @ParameterizedTest
    @MethodSource("trickles")
    void trickleBeforeFinalHeadersEndsInTimeout(ApiCall call, String trickle) throws Exception {
        try (var server = new RawServer(peer -> {
                    readRequest(peer);
                    peer.write(trickle.equals("x") ? "HTTP/1.1 200 OK\r\nX: " : "");
                    for (int i = 0; i < MANY; i++) {
                        peer.write(trickle);
                        peer.listenFor(Duration.ofMillis(20));
                    }
                });
                var client = client(server, SHORT)) {
            StepVerifier.create(call.to(client, server.url().toString()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("sent no response headers in time"))
                    .verify(GENEROUS);
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void interimResponsesAreNotTheFinalOne(ApiCall call) throws Exception {
        String xml = new String(
                (call == ApiCall.CREATE_PORTAL_JOB
                                ? Examples.PORTAL_SIGNATURE_JOB_RESPONSE
                                : Examples.PORTAL_SIGNATURE_JOB_STATUS_CHANGE_RESPONSE)
                        .bytes(),
                UTF_8);
        try (var server = new RawServer(peer -> {
                    for (int i = 0; i < 2; i++) {
                        readRequest(peer);
                        peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                        peer.write("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style>\r\n\r\n");
                        peer.write("HTTP/1.1 199 Whatever\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n"
                                + "Content-Type: application/xml\r\nContent-Length: "
                                + xml.getBytes(UTF_8).length + "\r\n\r\n" + xml);
                    }
                });
                var client = client(server, GENEROUS)) {
            for (int i = 0; i < 2; i++) {
                StepVerifier.create(call.to(client, server.url().toString()))
                        .expectNextCount(call == ApiCall.CONFIRM ? 0 : 1)
                        .verifyComplete();
            }
        }
    }

    @Test
    void unwantedUpgradeIsAnError() throws Exception {
        try (var server = new RawServer(peer -> {
                    readRequest(peer);
                    peer.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
                });
                var client = client(server, GENEROUS)) {
            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfAny(UnexpectedResponseException.class, ServiceUnreachableException.class))
                    .verify(GENEROUS);
        }
    }

    private static SignatureClient client(RawServer server, Duration responseTimeout) {
        return SignatureClient.create(TestOrganization.configuration(server.url())
                .unlimitedCalls()
                .calls(calls -> calls.responseTimeout(responseTimeout))
                .downloads(downloads -> downloads.responseTimeout(responseTimeout))
                .build());
    }

    private static void readRequest(RawServer.Peer peer) throws IOException {
        peer.readHeaders();
        if (peer.received().startsWith("POST") && peer.received().contains("chunked")) {
            assertThat(peer.readUntil("\r\n0\r\n\r\n")).isTrue();
        }
        peer.forgetReceived();
    }
}
