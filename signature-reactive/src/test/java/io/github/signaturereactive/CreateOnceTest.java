package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A create request goes out once, whatever happens to it, and is complete or recognisably not. */
class CreateOnceTest {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final int DOCUMENT_SIZE = 1 << 20;

    enum Reset {
        BEFORE_THE_REQUEST {
            @Override
            void talk(RawServer.Peer peer) {
                // Not a byte is read.
            }
        },
        AFTER_THE_HEADERS {
            @Override
            void talk(RawServer.Peer peer) throws IOException {
                assertThat(peer.readUntil("\r\n\r\n")).isTrue();
            }
        },
        IN_THE_MIDDLE_OF_THE_BODY {
            @Override
            void talk(RawServer.Peer peer) throws IOException {
                assertThat(peer.readAtLeast(DOCUMENT_SIZE / 2)).isTrue();
            }
        },
        AFTER_THE_BODY {
            @Override
            void talk(RawServer.Peer peer) throws IOException {
                assertThat(peer.readUntil(LAST_CHUNK)).isTrue();
            }
        },
        IN_THE_MIDDLE_OF_THE_ANSWER {
            @Override
            void talk(RawServer.Peer peer) throws IOException {
                assertThat(peer.readUntil(LAST_CHUNK)).isTrue();
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 500\r\n\r\n<portal");
            }
        };

        abstract void talk(RawServer.Peer peer) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aCreateRequestIsNotRepeatedAfterAReset(Reset reset) throws Exception {
        try (var server = new RawServer(peer -> {
                    reset.talk(peer);
                    peer.reset();
                });
                var client = SignatureClient.create(
                        TestOrganization.configuration(server.url()).build())) {
            StepVerifier.create(client.portal().create(job(randomDocument())))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    ServiceUnreachableException.class,
                                    unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                            .isIn(true, reset != Reset.BEFORE_THE_REQUEST))
                            .hasMessageContaining("POST /api/123456789/portal/signature-jobs"))
                    .verify();

            server.peer(0).awaitEnd();
            assertThat(server.peers()).hasSize(1);
        }
    }

    @Test
    void aCreateRequestOnAKeptConnectionThatBreaksIsNotRepeatedEither() throws Exception {
        try (var server = new RawServer(peer -> {
                    if (peer.readUntil("\r\n\r\n")) {
                        peer.write("HTTP/1.1 204 No Content\r\n\r\n");
                        if (peer.readUntil("POST")) {
                            peer.reset();
                        }
                    }
                });
                var client = SignatureClient.create(
                        TestOrganization.configuration(server.url()).build())) {
            StepVerifier.create(client.portal().getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();

            StepVerifier.create(client.portal().create(job(randomDocument())))
                    .expectError(ServiceUnreachableException.class)
                    .verify();

            server.peer(0).awaitEnd();
            assertThat(server.peers()).hasSize(1);
        }
    }

    @Test
    void aRefusedConnectionSaysThatNothingWasReceived() throws Exception {
        var server = new RawServer(peer -> {});
        server.close();
        try (var client = SignatureClient.create(
                TestOrganization.configuration(server.url()).build())) {
            StepVerifier.create(client.portal().create(job(randomDocument())))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    ServiceUnreachableException.class,
                                    unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                            .isFalse()))
                    .verify();
        }
    }

    @Test
    void cancellingInTheMiddleClosesTheConnectionAndCancelsTheDocument() throws Exception {
        var cancelled = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        Flux<ByteBuffer> endless =
                Flux.<ByteBuffer>generate(sink -> sink.next(noise(8192))).doOnCancel(cancelled::countDown);
        try (var server = new RawServer(peer -> {
                    assertThat(peer.readAtLeast(DOCUMENT_SIZE)).isTrue();
                    started.countDown();
                    peer.readAll();
                });
                var client = SignatureClient.create(
                        TestOrganization.configuration(server.url()).build())) {
            Disposable create = client.portal().create(job(endless)).subscribe();
            assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

            create.dispose();

            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            server.peer(0).awaitEnd();
            assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
        }
    }

    @Test
    void aFailingDocumentFailsTheCreateWithItsOwnError() throws Exception {
        var failure = new IOException("the archive is on fire");
        Flux<ByteBuffer> failing = Flux.<ByteBuffer>generate(sink -> sink.next(noise(8192)))
                .take(64)
                .concatWith(Mono.error(failure));
        try (var server = new RawServer(RawServer.Peer::readAll);
                var client = SignatureClient.create(
                        TestOrganization.configuration(server.url()).build())) {
            StepVerifier.create(client.portal().create(job(failing)))
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(failure))
                    .verify();

            server.peer(0).awaitEnd();
            assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
        }
    }

    @Test
    void aServerThatStopsReadingIsNotWaitedForForEver() throws Exception {
        var cancelled = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        Flux<ByteBuffer> endless =
                Flux.<ByteBuffer>generate(sink -> sink.next(noise(8192))).doOnCancel(cancelled::countDown);
        try (var server = new RawServer(peer -> {
                    assertThat(peer.readAtLeast(1)).isTrue();
                    await(over);
                });
                var client = SignatureClient.create(TestOrganization.configuration(server.url())
                        .calls(calls -> calls.idleTimeout(Duration.ofMillis(300)))
                        .build())) {
            StepVerifier.create(client.portal().create(job(endless)))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(ServiceUnreachableException.class)
                            .hasMessageContaining("stopped receiving"))
                    .verify();

            assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("Not over yet");
            }
        } catch (InterruptedException e) {
            throw new CancellationException();
        }
    }

    private static Flux<ByteBuffer> randomDocument() {
        return Flux.range(0, DOCUMENT_SIZE / 8192).map(i -> noise(8192));
    }

    private static ByteBuffer noise(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static PortalJob job(Publisher<ByteBuffer> document) {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", document).build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }
}
