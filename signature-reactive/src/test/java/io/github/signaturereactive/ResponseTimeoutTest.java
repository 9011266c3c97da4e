package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** How long a call waits for the headers of its response, and which response it takes for the final one. */
class ResponseTimeoutTest {

    /** More often than this a server that trickles is not asked to; the client must have given up long before. */
    private static final int MANY = 10_000;

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration GENEROUS = Duration.ofMinutes(2);

    /** A kind of call, each with a response of its own. */
    enum Call {
        POLL {
            @Override
            Publisher<?> by(SignatureClient client, URI root) {
                return client.portal().getStatusChange();
            }
        },
        CREATE {
            @Override
            Publisher<?> by(SignatureClient client, URI root) {
                return client.portal().create(job());
            }
        },
        CONFIRM {
            @Override
            Publisher<?> by(SignatureClient client, URI root) {
                return client.portal()
                        .confirm(ConfirmationReference.of(URI.create(root + "/c")))
                        .thenReturn("confirmed");
            }
        },
        DOWNLOAD {
            @Override
            Publisher<?> by(SignatureClient client, URI root) {
                return client.portal()
                        .getPAdES(PAdESReference.of(URI.create(root + "/p")))
                        .toByteArray(100_000);
            }
        };

        abstract Publisher<?> by(SignatureClient client, URI root);
    }

    private static PortalJob job() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[100])
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                .build()))
                .build();
    }

    static Stream<Arguments> trickles() {
        return Stream.of(Call.values())
                .flatMap(call -> Stream.of(
                                "x",
                                "\r\n",
                                "HTTP/1.1 100 Continue\r\n\r\n",
                                "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
                        .map(trickle -> Arguments.of(call, trickle)));
    }

    @ParameterizedTest
    @MethodSource("trickles")
    void trickleBeforeFinalHeadersEndsInTimeout(Call call, String trickle) throws Exception {
        try (var server = new RawServer(peer -> {
                    readRequest(peer);
                    peer.write(trickle.equals("x") ? "HTTP/1.1 200 OK\r\nX: " : "");
                    for (int i = 0; i < MANY; i++) {
                        peer.write(trickle);
                        peer.listenFor(Duration.ofMillis(20));
                    }
                });
                var client = client(server, SHORT)) {
            StepVerifier.create(call.by(client, server.url()))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("did not begin its response in time"))
                    .verify(GENEROUS);
        }
    }

    @ParameterizedTest
    @EnumSource(Call.class)
    void interimResponsesAreNotTheFinalOne(Call call) throws Exception {
        String xml = new String(
                (call == Call.CREATE
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
                StepVerifier.create(call.by(client, server.url()))
                        .expectNextCount(1)
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
                .calls(calls -> calls.withResponseTimeout(responseTimeout))
                .downloads(downloads -> downloads.withResponseTimeout(responseTimeout))
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
