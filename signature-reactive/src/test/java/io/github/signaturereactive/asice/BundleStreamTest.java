package io.github.signaturereactive.asice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.portal.PortalDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

@Timeout(60)
class BundleStreamTest {

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    private Path directory;

    @Test
    void emitsErrorOfDocumentPublisherUnchanged() {
        var failure = new IOException("the document vanished");
        Flux<ByteBuffer> publisher = noise().take(5).concatWith(Mono.error(failure));

        StepVerifier.create(content(PortalDocument.builder("Doc", publisher).build())
                        .doOnNext(ByteBuf::release))
                .thenConsumeWhile(buffer -> true)
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(failure));
    }

    @Test
    void errorNamesMissingFileAndIndexOfDocument() {
        Path missing = directory.resolve("missing.pdf");

        StepVerifier.create(content(
                                PortalDocument.builder("Doc", new byte[1]).build(),
                                PortalDocument.builder("Doc", missing).build())
                        .doOnNext(ByteBuf::release))
                .thenConsumeWhile(buffer -> true)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(NoSuchFileException.class)
                        .hasMessageStartingWith("Document 2 of 2, " + missing + ", cannot be read: "));
    }

    @Test
    void rejectsDirectory() {
        StepVerifier.create(content(PortalDocument.builder("Doc", directory).build())
                        .doOnNext(ByteBuf::release))
                .thenConsumeWhile(buffer -> true)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageStartingWith("Document 1 of 1, " + directory + ", cannot be read: "));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 50})
    void cancelledBundleCancelsDocumentPublisher(int received) throws Exception {
        var cancelled = new CountDownLatch(1);
        Flux<ByteBuffer> endless = noise().doOnCancel(cancelled::countDown);

        StepVerifier.create(
                        content(PortalDocument.builder("Doc", endless).build()).doOnNext(ByteBuf::release), 0)
                .thenRequest(received)
                .expectNextCount(received)
                .thenCancel()
                .verify();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cancelledBundleReleasesAllBuffers() throws Exception {
        for (int i = 0; i < 200; i++) {
            var ended = new CountDownLatch(1);
            Flux<ByteBuffer> endless = noise().doOnCancel(ended::countDown);
            var subscriber = new ReleasingSubscriber();
            content(PortalDocument.builder("Doc", endless).build()).subscribe(subscriber);
            assertThat(subscriber.started.await(30, TimeUnit.SECONDS)).isTrue();

            subscriber.cancel();

            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void subscribesToDocumentsOneAfterTheOther() {
        PublisherProbe<ByteBuffer> second = PublisherProbe.empty();

        StepVerifier.create(
                        content(
                                        PortalDocument.builder("Doc", noise()).build(),
                                        PortalDocument.builder("Doc", second.flux())
                                                .build())
                                .doOnNext(ByteBuf::release),
                        0)
                .thenRequest(10)
                .expectNextCount(10)
                .thenCancel()
                .verify();

        second.assertWasNotSubscribed();
    }

    @Test
    void closesFileOnCompletionAndCancellation() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(OPEN_FILES), "needs the list of open files");
        Path file = Files.write(directory.resolve("doc.pdf"), new byte[10 * Content.CHUNK]);
        PortalDocument document = PortalDocument.builder("Doc", file).build();
        var subscriber = new BaseSubscriber<ByteBuffer>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }
        };

        Content.of(document.content(), Schedulers.boundedElastic(), Schedulers.boundedElastic())
                .subscribe(subscriber);
        assertThat(openFiles()).contains(file.toRealPath());
        subscriber.cancel();
        assertThat(openFiles()).doesNotContain(file.toRealPath());

        assertThat(Content.of(document.content(), Schedulers.boundedElastic(), Schedulers.boundedElastic())
                        .count()
                        .block())
                .isEqualTo(10);
        assertThat(openFiles()).doesNotContain(file.toRealPath());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void documentPublisherReceivesBackPressure(int wanted) {
        var published = new AtomicInteger();
        var received = new AtomicInteger();
        Flux<ByteBuffer> endless = noise().doOnNext(chunk -> published.addAndGet(chunk.remaining()));

        StepVerifier.create(
                        content(PortalDocument.builder("Doc", endless).build())
                                .doOnNext(buffer -> received.addAndGet(Bundles.release(buffer).length)),
                        0)
                .thenRequest(wanted)
                .expectNextCount(wanted)
                .thenCancel()
                .verify();

        int deflating = 4;
        assertThat(published)
                .hasValueLessThanOrEqualTo(received.get() + (2 * Content.PREFETCH + deflating) * Content.CHUNK);
    }

    @Test
    void emitsOnWorkScheduler() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Flux<ByteBuffer> onAnEventLoop = noise().take(20).publishOn(Schedulers.parallel());

        byte[] bundle = Bundles.bytes(content(
                        PortalDocument.builder("Doc", new byte[100_000]).build(),
                        PortalDocument.builder("Doc", onAnEventLoop).build(),
                        PortalDocument.builder("Doc", file(100_000)).build())
                .doOnNext(buffer -> threads.add(Thread.currentThread().getName().replaceAll("-[0-9]+$", "")))
                .subscribeOn(Schedulers.parallel()));

        assertThat(Bundles.entries(bundle)).hasSize(5);
        assertThat(threads).containsExactly("boundedElastic");
    }

    @Test
    void buffersOfLargeDocumentsAreSmall() {
        Flux<ByteBuffer> large = Flux.just(random(3_000_000)).map(ByteBuffer::wrap);
        Flux<Integer> sizes = content(
                        PortalDocument.builder("Doc", large).build(),
                        PortalDocument.builder("Doc", new byte[3_000_000]).build(),
                        PortalDocument.builder("Doc", file(3_000_000)).build())
                .map(buffer -> Bundles.release(buffer).length);

        assertThat(sizes.collectList().block(Duration.ofSeconds(30)))
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5 * Content.CHUNK));
    }

    static Stream<List<ByteBuffer>> buffers() {
        byte[] bytes = random(100_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(100_000).put(bytes).flip();
        ByteBuffer within =
                ByteBuffer.allocate(100_200).position(100).put(bytes).flip().position(100);
        return Stream.of(
                List.of(ByteBuffer.wrap(bytes)),
                List.of(ByteBuffer.wrap(bytes).asReadOnlyBuffer()),
                List.of(direct),
                List.of(direct.asReadOnlyBuffer()),
                List.of(within),
                List.of(within.slice()),
                List.of(
                        ByteBuffer.allocate(0),
                        ByteBuffer.wrap(bytes, 0, 1),
                        ByteBuffer.allocate(0),
                        ByteBuffer.wrap(bytes, 1, Content.CHUNK),
                        ByteBuffer.wrap(bytes, 1 + Content.CHUNK, 100_000 - 1 - Content.CHUNK),
                        ByteBuffer.allocateDirect(0)));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void readsAllKindsOfBuffersWithoutChangingThem(List<ByteBuffer> buffers) {
        List<Integer> positions = buffers.stream().map(ByteBuffer::position).toList();
        List<Integer> limits = buffers.stream().map(ByteBuffer::limit).toList();

        byte[] bundle = Bundles.bytes(content(
                PortalDocument.builder("Doc", Flux.fromIterable(buffers)).build()));

        assertThat(Bundles.entries(bundle).get("0000_doc.pdf")).isEqualTo(random(100_000));
        assertThat(buffers).extracting(ByteBuffer::position).isEqualTo(positions);
        assertThat(buffers).extracting(ByteBuffer::limit).isEqualTo(limits);
    }

    @Test
    void createsManyBundlesConcurrently() {
        Bundle bundle = Bundles.of(Bundles.job(
                PortalDocument.builder("Doc", noise().take(10)).build(),
                PortalDocument.builder("Doc", file(100_000)).build()));

        List<Integer> entries = Flux.range(0, 50)
                .flatMap(
                        i -> bundle.content(ByteBufAllocator.DEFAULT)
                                .map(Bundles::release)
                                .collect(ByteArrayOutputStream::new, ByteArrayOutputStream::writeBytes)
                                .map(out -> Bundles.entries(out.toByteArray()).size()),
                        50)
                .collectList()
                .block(Duration.ofSeconds(50));

        assertThat(entries).hasSize(50).containsOnly(4);
    }

    /** Releases all buffers, also after cancellation. */
    private static final class ReleasingSubscriber extends BaseSubscriber<ByteBuf> {

        private final CountDownLatch started = new CountDownLatch(3);

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            buffer.release();
            started.countDown();
        }

        @Override
        protected void hookFinally(SignalType type) {
            assertThat(type).isEqualTo(SignalType.CANCEL);
        }
    }

    private static Flux<ByteBuf> content(PortalDocument... documents) {
        return Bundles.of(Bundles.job(documents)).content(ByteBufAllocator.DEFAULT);
    }

    private Path file(int size) {
        try {
            return Files.write(directory.resolve("file" + size), random(size));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an endless document that cannot be compressed. Chunks are generated on request. */
    private static Flux<ByteBuffer> noise() {
        byte[] chunk = random(Content.CHUNK);
        return Flux.generate(sink -> sink.next(ByteBuffer.wrap(chunk)));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static List<Path> openFiles() throws IOException {
        try (Stream<Path> descriptors = Files.list(OPEN_FILES)) {
            return descriptors.map(BundleStreamTest::target).toList();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // closed concurrently
        }
    }
}
