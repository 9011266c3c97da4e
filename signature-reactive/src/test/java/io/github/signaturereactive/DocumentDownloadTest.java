package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.DownloadHeaders;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Downloads that succeed, break, stand still, are too large, or are no longer wanted. */
class DocumentDownloadTest {

    private static final byte[] DOCUMENT = random(1 << 20);

    /** More than sockets hold on both sides together. */
    private static final byte[] LARGE_DOCUMENT = random(1 << 26);

    private static final int SOCKET_BUFFERS = 1 << 24;

    private final CountDownLatch halfSent = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private RawServer server;
    private SignatureClient client;

    @AfterEach
    void stop() throws IOException {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    /** How an answer tells where it ends. */
    enum Framing {
        CONTENT_LENGTH {
            @Override
            void head(RawServer.Peer peer, int length) throws IOException {
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + length
                        + "\r\n\r\n");
            }

            @Override
            void body(RawServer.Peer peer, byte[] bytes) throws IOException {
                peer.write(bytes);
            }

            @Override
            void end(RawServer.Peer peer) {
                // Was told at the beginning.
            }
        },
        CHUNKED {
            @Override
            void head(RawServer.Peer peer, int length) throws IOException {
                peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            }

            @Override
            void body(RawServer.Peer peer, byte[] bytes) throws IOException {
                peer.write(Integer.toHexString(bytes.length) + "\r\n");
                peer.write(bytes);
                peer.write("\r\n");
            }

            @Override
            void end(RawServer.Peer peer) throws IOException {
                peer.write("0\r\n\r\n");
            }
        };

        abstract void head(RawServer.Peer peer, int length) throws IOException;

        abstract void body(RawServer.Peer peer, byte[] bytes) throws IOException;

        abstract void end(RawServer.Peer peer) throws IOException;

        /** Answers each request of a connection. */
        void answerAll(RawServer.Peer peer, byte[] document) throws IOException {
            while (peer.readUntil("\r\n\r\n")) {
                peer.forgetReceived();
                head(peer, document.length);
                body(peer, document);
                end(peer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentIsTheDocument(Framing framing) throws Exception {
        start(peer -> framing.answerAll(peer, DOCUMENT));

        StepVerifier.create(download().content().collectList())
                .assertNext(buffers -> assertThat(joined(buffers)).isEqualTo(DOCUMENT))
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource
    void aSavedFileIsTheDocument(Framing framing) throws Exception {
        start(peer -> framing.answerAll(peer, DOCUMENT));
        Path file = directory.resolve("signed.pdf");

        StepVerifier.create(download().saveTo(file)).expectNext(file).verifyComplete();

        assertThat(file).hasBinaryContent(DOCUMENT);
        assertThat(filesIn(directory)).containsExactly("signed.pdf");
    }

    @ParameterizedTest
    @EnumSource
    void aDocumentOfExactlyTheLimitFitsIntoMemory(Framing framing) throws Exception {
        start(peer -> framing.answerAll(peer, DOCUMENT));

        StepVerifier.create(download().toByteArray(DOCUMENT.length))
                .assertNext(bytes -> assertThat(bytes).isEqualTo(DOCUMENT))
                .verifyComplete();
    }

    @Test
    void anEmptyDocumentIsADocument() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, new byte[0]));
        Path file = directory.resolve("empty.pdf");

        StepVerifier.create(download().content()).verifyComplete();
        StepVerifier.create(download().saveTo(file)).expectNext(file).verifyComplete();
        StepVerifier.create(download().toByteArray(1))
                .assertNext(bytes -> assertThat(bytes).isEmpty())
                .verifyComplete();
        assertThat(file).isEmptyFile();
    }

    @Test
    void exchangeTellsLengthAndTypeBeforeTheBytes() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, DOCUMENT));

        StepVerifier.create(download()
                        .exchange((headers, bytes) -> bytes.map(ByteBuffer::remaining)
                                .reduce(0, Integer::sum)
                                .map(total -> headers.contentType() + " " + headers.contentLength() + " " + total)))
                .expectNext("application/octet-stream " + DOCUMENT.length + " " + DOCUMENT.length)
                .verifyComplete();
    }

    @Test
    void exchangeTellsNothingThatTheServiceDidNotSay() throws Exception {
        start(peer -> Framing.CHUNKED.answerAll(peer, DOCUMENT));

        StepVerifier.create(download().exchange((headers, bytes) -> bytes.then(Mono.just(headers))))
                .expectNext(new DownloadHeaders(null, null))
                .verifyComplete();
    }

    @Test
    void nothingIsSentBeforeASubscriptionAndEachSubscriptionIsARequestOfItsOwn() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, DOCUMENT));
        DocumentDownload download = download();
        Flux<ByteBuffer> content = download.content();
        Mono<byte[]> inMemory = download.toByteArray(DOCUMENT.length);
        Mono<Path> saved = download.saveTo(directory.resolve("signed.pdf"));
        assertThat(server.peers()).isEmpty();

        StepVerifier.create(Flux.zip(
                        content.collectList().map(DocumentDownloadTest::joined),
                        content.collectList().map(DocumentDownloadTest::joined),
                        inMemory))
                .assertNext(bytes -> assertThat(bytes.toList()).containsOnly(DOCUMENT))
                .verifyComplete();
        assertThat(server.peers()).as("three at a time").hasSize(3);

        StepVerifier.create(saved.repeat(1)).expectNextCount(2).verifyComplete();
        assertThat(server.peers()).as("the same connections again").hasSize(3);
    }

    static Stream<Arguments> brokenOff() {
        return Stream.of(Framing.values())
                .flatMap(framing -> waysToTakeADocument().map(taking -> Arguments.of(framing, taking)));
    }

    @ParameterizedTest
    @MethodSource("brokenOff")
    void aDocumentThatIsCutShortIsAnError(Framing framing, Taking taking) throws Exception {
        start(peer -> sendHalf(peer, framing));

        StepVerifier.create(taking.of(download(), directory))
                .thenConsumeWhile(half -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceUnreachableException.class)
                        .hasMessageContaining("GET /api/pades")
                        .hasMessageContaining("closed before the response was complete"))
                .verify();

        assertThat(filesIn(directory)).isEmpty();
    }

    @Test
    void aDocumentThatIsCutShortByAResetIsAnError() throws Exception {
        start(peer -> {
            sendHalf(peer, Framing.CONTENT_LENGTH);
            peer.reset();
        });

        StepVerifier.create(download().saveTo(directory.resolve("signed.pdf")))
                .verifyError(ServiceUnreachableException.class);

        assertThat(filesIn(directory)).isEmpty();
    }

    @Test
    void aRefusedDownloadLeavesNoFile() throws Exception {
        start(peer -> {
            peer.readHeaders();
            peer.write("HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nGone");
        });

        StepVerifier.create(download().saveTo(directory.resolve("signed.pdf")))
                .expectErrorSatisfies(
                        error -> assertThat(error)
                                .isInstanceOf(UnexpectedResponseException.class)
                                .hasMessageContaining(
                                        "GET /api/pades was answered with status 404. The body is not an error message of the service (text/plain, 4 bytes)"))
                .verify();

        assertThat(filesIn(directory)).isEmpty();
    }

    @Test
    void aFileThatIsThereStaysUntilTheNewOneIsComplete() throws Exception {
        start(peer -> {
            sendHalf(peer, Framing.CONTENT_LENGTH);
            await(goOn);
            peer.write(secondHalf());
        });
        Path file = Files.writeString(directory.resolve("signed.pdf"), "the old one");

        StepVerifier.create(download().saveTo(file))
                .then(() -> {
                    await(halfSent);
                    assertThat(file).hasContent("the old one");
                    goOn.countDown();
                })
                .expectNext(file)
                .verifyComplete();

        assertThat(file).hasBinaryContent(DOCUMENT);
        assertThat(filesIn(directory)).containsExactly("signed.pdf");
    }

    @Test
    void aFileThatIsThereSurvivesAFailedDownload() throws Exception {
        start(peer -> sendHalf(peer, Framing.CONTENT_LENGTH));
        Path file = Files.writeString(directory.resolve("signed.pdf"), "the old one");

        StepVerifier.create(download().saveTo(file)).verifyError(ServiceUnreachableException.class);

        assertThat(file).hasContent("the old one");
        assertThat(filesIn(directory)).containsExactly("signed.pdf");
    }

    @Test
    void aMissingDirectoryIsFoundBeforeAnythingIsSent() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, DOCUMENT));

        StepVerifier.create(download().saveTo(directory.resolve("no-such-directory/signed.pdf")))
                .verifyError(UncheckedIOException.class);

        assertThat(server.peers()).isEmpty();
    }

    @Test
    void cancellingInTheMiddleClosesTheConnection() throws Exception {
        start(peer -> {
            sendHalf(peer, Framing.CONTENT_LENGTH);
            peer.readAll();
        });

        StepVerifier.create(download().content())
                .expectNextCount(1)
                .thenCancel()
                .verify();

        server.peer(0).awaitEnd();
    }

    @Test
    void cancellingBeforeTheAnswerClosesTheConnection() throws Exception {
        var asked = new CountDownLatch(1);
        start(peer -> {
            peer.readHeaders();
            asked.countDown();
            peer.readAll();
        });

        Disposable waiting = download().content().subscribe();
        await(asked);
        waiting.dispose();

        server.peer(0).awaitEnd();
    }

    @Test
    void aCancelledSaveLeavesNoFile() throws Exception {
        start(peer -> {
            sendHalf(peer, Framing.CONTENT_LENGTH);
            peer.readAll();
        });
        try (WatchService watch = directory.getFileSystem().newWatchService()) {
            var key = directory.register(watch, StandardWatchEventKinds.ENTRY_DELETE);

            Disposable saving =
                    download().saveTo(directory.resolve("signed.pdf")).subscribe();
            await(halfSent);
            assertThat(filesIn(directory)).singleElement().asString().endsWith(".part");
            saving.dispose();

            assertThat(watch.poll(30, TimeUnit.SECONDS)).isSameAs(key);
        }
        assertThat(filesIn(directory)).isEmpty();
        server.peer(0).awaitEnd();
    }

    @Test
    void aDocumentThatIsTooLargeByItsOwnAccountIsNotReadAtAll() throws Exception {
        start(peer -> {
            peer.readHeaders();
            Framing.CONTENT_LENGTH.head(peer, DOCUMENT.length);
            peer.readAll();
        });

        StepVerifier.create(download().toByteArray(DOCUMENT.length - 1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.precondition(Reason.DOCUMENT_TOO_LARGE))
                        .hasMessageContaining(Integer.toString(DOCUMENT.length - 1)))
                .verify();

        server.peer(0).awaitEnd();
    }

    @Test
    void aDocumentThatProvesTooLargeIsNotReadToItsEnd() throws Exception {
        start(peer -> {
            peer.readHeaders();
            Framing.CHUNKED.head(peer, 0);
            Framing.CHUNKED.body(peer, DOCUMENT);
            peer.readAll();
        });

        StepVerifier.create(download().toByteArray(DOCUMENT.length - 1))
                .verifyErrorMatches(Errors.precondition(Reason.DOCUMENT_TOO_LARGE));

        server.peer(0).awaitEnd();
    }

    @Test
    void theErrorOfTheFunctionReachesTheCallerAsItself() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, DOCUMENT));
        var thrown = new IllegalStateException("thrown at once");
        var emitted = new IOException("emitted in the middle");

        StepVerifier.create(download().exchange((headers, bytes) -> {
                    throw thrown;
                }))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(thrown))
                .verify();
        StepVerifier.create(
                        download().exchange((headers, bytes) -> bytes.take(2).concatWith(Mono.error(emitted))))
                .expectNextCount(2)
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(emitted))
                .verify();

        server.peer(0).awaitEnd();
        server.peer(1).awaitEnd();
    }

    static Stream<Function<Flux<ByteBuffer>, Publisher<?>>> earlyEnds() {
        return Stream.of(bytes -> bytes.take(1), bytes -> Mono.just("not interested"), bytes -> Mono.empty());
    }

    @ParameterizedTest
    @MethodSource("earlyEnds")
    void aPublisherThatEndsBeforeTheBytesDoClosesTheConnection(Function<Flux<ByteBuffer>, Publisher<?>> early)
            throws Exception {
        start(peer -> {
            sendHalf(peer, Framing.CONTENT_LENGTH);
            peer.readAll();
        });

        StepVerifier.create(download().exchange((headers, bytes) -> Flux.from(early.apply(bytes))))
                .thenConsumeWhile(item -> true)
                .verifyComplete();

        server.peer(0).awaitEnd();
    }

    @Test
    void theServerCanSendNoMoreThanTheSubscriberAsksFor() throws Exception {
        start(peer -> Framing.CONTENT_LENGTH.answerAll(peer, LARGE_DOCUMENT));

        StepVerifier.create(download().content(), 1)
                .expectNextCount(1)
                .then(() -> {
                    // Another download of the same size, from beginning to end, is time enough for this one to go
                    // wrong.
                    StepVerifier.create(download()
                                    .content()
                                    .map(ByteBuffer::remaining)
                                    .reduce(0, Integer::sum))
                            .expectNext(LARGE_DOCUMENT.length)
                            .verifyComplete();
                    assertThat(server.peers()).hasSize(2);
                    assertThat(server.peers().get(0).written()).isLessThan(SOCKET_BUFFERS);
                })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(buffer -> true)
                .verifyComplete();

        assertThat(server.peers().get(0).written()).isGreaterThan(LARGE_DOCUMENT.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aSlowConsumerIsNoStallButAServerThatStandsStillIs(int demand) throws Exception {
        start(
                peer -> {
                    if (server.peers().size() == 1) {
                        Framing.CONTENT_LENGTH.answerAll(peer, DOCUMENT);
                    } else {
                        sendHalf(peer, Framing.CONTENT_LENGTH);
                        peer.readAll();
                    }
                },
                Duration.ofMillis(150));

        StepVerifier.create(
                        download()
                                .exchange((headers, bytes) ->
                                        Mono.just(ByteBuffer.allocate(0)).concatWith(bytes)),
                        demand + 1)
                .expectNextCount(demand + 1)
                .then(() -> StepVerifier.create(download().content())
                        .thenConsumeWhile(buffer -> true)
                        .expectErrorSatisfies(error -> assertThat(error)
                                .isInstanceOf(ServiceUnreachableException.class)
                                .hasMessageContaining("sent no data in time"))
                        .verify())
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(buffer -> true)
                .verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(Framing.class)
    void downloadStaysOpenUntilItIsRead(Framing framing) throws Exception {
        start(peer -> framing.answerAll(peer, DOCUMENT));
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        StepVerifier.create(
                        download()
                                .exchange((headers, bytes) ->
                                        Mono.just(ByteBuffer.allocate(0)).concatWith(bytes)),
                        1)
                .expectNextCount(1)
                .then(() -> {
                    for (int others = 0; others < 3; others++) {
                        StepVerifier.create(download().toByteArray(DOCUMENT.length))
                                .assertNext(other -> assertThat(other).isEqualTo(DOCUMENT))
                                .verifyComplete();
                    }
                })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(
                        buffer -> true,
                        buffer -> read.write(
                                buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining()))
                .verifyComplete();

        assertThat(read.toByteArray()).isEqualTo(DOCUMENT);
    }

    @Test
    void aStalledServerLeavesNoFile() throws Exception {
        start(
                peer -> {
                    sendHalf(peer, Framing.CHUNKED);
                    peer.readAll();
                },
                Duration.ofMillis(150));

        StepVerifier.create(download().saveTo(directory.resolve("signed.pdf")))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(ServiceUnreachableException.class)
                        .hasMessageContaining("sent no data in time"))
                .verify();

        assertThat(filesIn(directory)).isEmpty();
        server.peer(0).awaitEnd();
    }

    /** A way to take a document, by name. */
    record Taking(String name, WayToTake way) {

        Publisher<?> of(DocumentDownload download, Path directory) {
            return way.take(download, directory);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface WayToTake {
        Publisher<?> take(DocumentDownload download, Path directory);
    }

    private static Stream<Taking> waysToTakeADocument() {
        return Stream.of(
                new Taking("content", (download, directory) -> download.content()),
                new Taking("saveTo", (download, directory) -> download.saveTo(directory.resolve("signed.pdf"))),
                new Taking("toByteArray", (download, directory) -> download.toByteArray(DOCUMENT.length)),
                new Taking("exchange", (download, directory) -> download.exchange((headers, bytes) -> bytes)));
    }

    private void start(RawServer.Conversation conversation) throws IOException {
        start(conversation, Duration.ofSeconds(30));
    }

    private void start(RawServer.Conversation conversation, Duration idleTimeout) throws IOException {
        server = new RawServer(conversation);
        client = SignatureClient.create(TestOrganization.configuration(server.url())
                .downloads(downloads -> downloads.idleTimeout(idleTimeout))
                .build());
    }

    private DocumentDownload download() {
        return client.portal().getPAdES(PAdESReference.of(URI.create(server.url() + "/pades")));
    }

    private void sendHalf(RawServer.Peer peer, Framing framing) throws IOException {
        peer.readHeaders();
        framing.head(peer, DOCUMENT.length);
        byte[] half = new byte[DOCUMENT.length / 2];
        System.arraycopy(DOCUMENT, 0, half, 0, half.length);
        framing.body(peer, half);
        halfSent.countDown();
    }

    private static byte[] secondHalf() {
        byte[] half = new byte[DOCUMENT.length - DOCUMENT.length / 2];
        System.arraycopy(DOCUMENT, DOCUMENT.length / 2, half, 0, half.length);
        return half;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<String> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static byte[] joined(Iterable<ByteBuffer> buffers) {
        var joined = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            joined.writeBytes(bytes);
        }
        return joined.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
