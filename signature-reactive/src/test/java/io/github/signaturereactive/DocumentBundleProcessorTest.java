package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.job.Job;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Processors see exactly what is sent, while it is sent, and have the last word on whether it is. */
@Timeout(60)
class DocumentBundleProcessorTest {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final int DOCUMENT_SIZE = 1 << 20;

    @TempDir
    private Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private RawServer server;
    private SignatureClient client;

    @AfterEach
    void stop() throws IOException {
        if (client != null) {
            StepVerifier.create(client.disposeLater()).verifyComplete();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everyProcessorGetsTheJobAndTheBytesThatAreSent() throws Exception {
        var first = new Recorder();
        var second = new Recorder();
        start(configuration -> configuration.addDocumentBundleProcessor(first).addDocumentBundleProcessor(second));
        var subscriptions = new AtomicInteger();
        DirectJob job = job(document().doOnSubscribe(any -> subscriptions.incrementAndGet()));

        StepVerifier.create(client.direct().create(job)).expectNextCount(1).verifyComplete();

        assertThat(subscriptions).hasValue(1);
        assertThat(first.jobs).containsExactly(job);
        assertThat(first.bytes.toByteArray())
                .isEqualTo(second.bytes.toByteArray())
                .isEqualTo(sentBundle());
        assertThat(first.bytes.toByteArray()).startsWith('P', 'K').hasSizeGreaterThan(DOCUMENT_SIZE);
    }

    @Test
    void thePortalFlowHasThemToo() throws Exception {
        var recorder = new Recorder();
        server = new RawServer(peer -> answer(peer, Examples.PORTAL_SIGNATURE_JOB_RESPONSE));
        client = client(configuration -> configuration.addDocumentBundleProcessor(recorder));
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", new byte[100])
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();

        StepVerifier.create(client.portal().create(job)).expectNextCount(1).verifyComplete();

        assertThat(recorder.jobs).containsExactly(job);
        assertThat(recorder.bytes.toByteArray()).isEqualTo(sentBundle());
    }

    @Test
    void eachCreationIsProcessedAnew() throws Exception {
        var recorder = new Recorder();
        start(configuration -> configuration.addDocumentBundleProcessor(recorder));
        var create = client.direct().create(job(document()));

        StepVerifier.create(create).expectNextCount(1).verifyComplete();
        StepVerifier.create(create).expectNextCount(1).verifyComplete();

        assertThat(recorder.jobs).hasSize(2);
    }

    @Test
    void processorsMayBlockAndTheBuffersAreReadOnly() throws Exception {
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> {
            assertThat(Schedulers.isInNonBlockingThread()).isFalse();
            return bundle.doOnNext(buffer -> {
                assertThat(Schedulers.isInNonBlockingThread()).isFalse();
                assertThat(buffer.isReadOnly()).isTrue();
            });
        }));

        StepVerifier.create(client.direct().create(job(document())))
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void aProcessorThatFailsAtTheEndKeepsTheRequestFromBeingCompleted() throws Exception {
        var failure = new IOException("the archive is full");
        var recorder = new Recorder();
        start(configuration -> configuration
                .addDocumentBundleProcessor(recorder)
                .addDocumentBundleProcessor((job, bundle) -> bundle.then(Mono.error(failure))));

        StepVerifier.create(client.direct().create(job(document())))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(failure))
                .verify();

        server.peer(0).awaitEnd();
        assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
        assertThat(server.peers()).hasSize(1);
    }

    @Test
    void aProcessorThatFailsAtOnceCancelsTheDocumentAndTheOthers() throws Exception {
        var cancelled = new CountDownLatch(2);
        start(configuration -> configuration
                .addDocumentBundleProcessor((job, bundle) -> bundle.doOnCancel(cancelled::countDown))
                .addDocumentBundleProcessor((job, bundle) -> bundle.skip(3).map(buffer -> {
                    throw new IllegalStateException("no");
                })));

        StepVerifier.create(client.direct().create(job(endless().doOnCancel(cancelled::countDown))))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("no"))
                .verify();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        server.peer(0).awaitEnd();
        assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
    }

    @Test
    void aProcessorThatThrowsFailsTheCreation() throws Exception {
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> {
            throw new IllegalStateException("not today");
        }));

        StepVerifier.create(client.direct().create(job(document()))).verifyErrorMessage("not today");
    }

    @Test
    void aFailingDocumentFailsTheCreationAndEndsTheBytesOfProcessors() throws Exception {
        var failure = new IOException("the document vanished");
        var seen = new ArrayList<Throwable>();
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> bundle.doOnError(seen::add)));

        StepVerifier.create(client.direct().create(job(document().concatWith(Mono.error(failure)))))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(failure))
                .verify();

        server.peer(0).awaitEnd();
        assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
        assertThat(seen).isSubsetOf(failure);
    }

    @Test
    void aProcessorWithoutInterestInTheBytesDoesNotHoldThemUp() throws Exception {
        var called = new AtomicInteger();
        start(configuration -> configuration
                .addDocumentBundleProcessor((job, bundle) -> Mono.fromRunnable(called::incrementAndGet))
                .addDocumentBundleProcessor((job, bundle) -> bundle.take(1)));

        StepVerifier.create(client.direct().create(job(document())))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(called).hasValue(1);
    }

    @Test
    void nothingIsMissedByAProcessorThatDoesSomethingElseFirst() throws Exception {
        var recorder = new Recorder();
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> Mono.fromCallable(() -> {
                    assertThat(server.peer(0).received()).doesNotContain("PK");
                    return job;
                })
                .subscribeOn(Schedulers.boundedElastic())
                .thenMany(Flux.defer(() -> recorder.process(job, bundle)))));

        StepVerifier.create(client.direct().create(job(document())))
                .expectNextCount(1)
                .verifyComplete();

        assertThat(recorder.bytes.toByteArray()).isEqualTo(sentBundle());
    }

    @Test
    void theRequestIsHeldBackUntilAProcessorIsDone() throws Exception {
        var bytesSeen = new CountDownLatch(1);
        var mayComplete = new CountDownLatch(1);
        start(configuration ->
                configuration.addDocumentBundleProcessor((job, bundle) -> bundle.then(Mono.<Void>fromRunnable(() -> {
                            bytesSeen.countDown();
                            await(mayComplete);
                        })
                        .subscribeOn(Schedulers.boundedElastic()))));
        var answers = new CountDownLatch(1);

        Disposable create = client.direct().create(job(document())).subscribe(any -> answers.countDown());
        assertThat(bytesSeen.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(requests).isEmpty();
        mayComplete.countDown();

        assertThat(answers.await(30, TimeUnit.SECONDS)).isTrue();
        create.dispose();
    }

    @Test
    void cancellingTheCreationCancelsProcessorsAndDocument() throws Exception {
        var cancelled = new CountDownLatch(2);
        var started = new CountDownLatch(1);
        server = new RawServer(peer -> {
            assertThat(peer.readAtLeast(DOCUMENT_SIZE)).isTrue();
            started.countDown();
            peer.readAll();
        });
        client = client(configuration ->
                configuration.addDocumentBundleProcessor((job, bundle) -> bundle.doOnCancel(cancelled::countDown)));
        Disposable create = client.direct()
                .create(job(endless().doOnCancel(cancelled::countDown)))
                .subscribe();
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();

        create.dispose();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        server.peer(0).awaitEnd();
    }

    @Test
    void theSlowestSetsThePaceAndTheOthersAreHardlyAhead() throws Exception {
        var produced = new AtomicLong();
        var proceed = new CountDownLatch(1);
        var stuck = new CountDownLatch(1);
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> bundle.doOnNext(buffer -> {
            if (stuck.getCount() > 0) {
                stuck.countDown();
                await(proceed);
            }
        })));
        Flux<ByteBuffer> counted = Flux.range(0, 250)
                .map(DocumentBundleProcessorTest::noise)
                .doOnNext(buffer -> produced.addAndGet(buffer.remaining()));

        var answers = new CountDownLatch(1);
        Disposable create = client.direct().create(job(counted)).subscribe(any -> answers.countDown());
        assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(produced).hasValueLessThan(DOCUMENT_SIZE);
        proceed.countDown();

        assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
        create.dispose();
    }

    @Test
    void theBytesCanBeReadOnceOnly() throws Exception {
        start(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> bundle.thenMany(bundle)));

        StepVerifier.create(client.direct().create(job(document())))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("once only"))
                .verify();
    }

    @ParameterizedTest
    @CsvSource({
        ", 20260302110405006-asice.zip",
        "'', 20260302110405006-asice.zip",
        "lease-2041, 20260302110405006-lease-2041-asice.zip",
        "my lease, 20260302110405006-my_lease-asice.zip",
        "../../etc/passwd, 20260302110405006-.._.._etc_passwd-asice.zip",
        "'a\\b:c*d?e<f>g|h', 20260302110405006-a_b_c_d_e_f_g_h-asice.zip",
        "blåbær\t\uD83D\uDE00, 20260302110405006-bl_b_r__-asice.zip",
    })
    void theDumpIsNamedAfterTimeAndReference(String reference, String name) throws Exception {
        var clock = Clock.fixed(Instant.parse("2026-03-02T10:04:05.006Z"), ZoneId.of("Europe/Oslo"));
        start(configuration -> configuration.clock(clock).enableDocumentBundleDiskDump(directory));
        var builder = builder(document());
        DirectJob job = (reference == null ? builder : builder.withReference(reference)).build();

        StepVerifier.create(client.direct().create(job)).expectNextCount(1).verifyComplete();

        assertThat(files()).containsExactly(name);
        assertThat(directory.resolve(name)).hasBinaryContent(sentBundle());
    }

    @Test
    void twoDumpsOfOneMillisecondAreTwoFiles() throws Exception {
        var clock = Clock.fixed(Instant.parse("2026-03-02T10:04:05.999Z"), ZoneId.of("Europe/Oslo"));
        start(configuration -> configuration.clock(clock).enableDocumentBundleDiskDump(directory));

        StepVerifier.create(client.direct().create(job(document())).repeat(1))
                .expectNextCount(2)
                .verifyComplete();

        assertThat(files()).containsExactly("20260302110405999-asice.zip", "20260302110406000-asice.zip");
    }

    @Test
    void aDumpThatIsNotCompleteIsNotThere() throws Exception {
        start(configuration -> configuration.enableDocumentBundleDiskDump(directory));

        StepVerifier.create(client.direct()
                        .create(job(document().concatWith(Mono.error(new IOException("the document vanished"))))))
                .verifyErrorMessage("the document vanished");

        server.peer(0).awaitEnd();
        client.disposeLater().block();
        assertThat(files()).noneMatch(name -> name.endsWith(".zip"));
    }

    @Test
    void aDirectoryThatDoesNotExistFailsTheCreation() throws Exception {
        start(configuration -> configuration.enableDocumentBundleDiskDump(directory.resolve("missing")));

        StepVerifier.create(client.direct().create(job(document()))).verifyError(UncheckedIOException.class);

        server.peer(0).awaitEnd();
        assertThat(server.peer(0).received()).doesNotContain(LAST_CHUNK);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void start(UnaryOperator<ClientConfiguration.Builder> configuration) throws IOException {
        server = new RawServer(peer -> answer(peer, Examples.DIRECT_SIGNATURE_JOB_RESPONSE));
        client = client(configuration);
    }

    private SignatureClient client(UnaryOperator<ClientConfiguration.Builder> configuration) {
        return SignatureClient.create(configuration
                .apply(TestOrganization.configuration(server.url()))
                .build());
    }

    private void answer(RawServer.Peer peer, Examples example) throws IOException {
        while (peer.readUntil(LAST_CHUNK)) {
            requests.add(peer.received());
            peer.forgetReceived();
            byte[] body = example.bytes();
            peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + body.length + "\r\n\r\n"
                    + new String(body, UTF_8));
        }
    }

    /** The bundle of the last request, taken out of chunks and parts. */
    private byte[] sentBundle() throws Exception {
        String request = requests.get(requests.size() - 1);
        var body = new ByteArrayOutputStream();
        int at = request.indexOf("\r\n\r\n") + 4;
        while (true) {
            int end = request.indexOf("\r\n", at);
            int size = HexFormat.fromHexDigits(request, at, end);
            if (size == 0) {
                break;
            }
            body.writeBytes(request.substring(end + 2, end + 2 + size).getBytes(ISO_8859_1));
            at = end + 2 + size + 2;
        }
        String parts = body.toString(ISO_8859_1);
        String head = "application/octet-stream\r\n\r\n";
        return parts.substring(parts.indexOf(head) + head.length(), parts.lastIndexOf("\r\n--"))
                .getBytes(ISO_8859_1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static DirectJob job(Flux<ByteBuffer> document) {
        return builder(document).build();
    }

    private static DirectJob.Builder builder(Flux<ByteBuffer> document) {
        return DirectJob.builder(
                "Title",
                DirectDocument.builder("Document", document).build(),
                DirectSigner.withCustomIdentifier("tenant-7").build(),
                ExitUrls.singleExitUrl(URI.create("https://sender.example/done")));
    }

    private static Flux<ByteBuffer> document() {
        return Flux.range(0, DOCUMENT_SIZE / 8192).map(DocumentBundleProcessorTest::noise);
    }

    private static Flux<ByteBuffer> endless() {
        return Flux.range(0, Integer.MAX_VALUE).map(DocumentBundleProcessorTest::noise);
    }

    private static ByteBuffer noise(int seed) {
        byte[] bytes = new byte[8192];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Remembers all it gets. */
    private static final class Recorder implements DocumentBundleProcessor {

        private final List<Job> jobs = Collections.synchronizedList(new ArrayList<>());
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public Publisher<?> process(Job job, Flux<ByteBuffer> bundle) {
            jobs.add(job);
            return bundle.doOnNext(buffer -> {
                byte[] copy = new byte[buffer.remaining()];
                buffer.get(copy);
                bytes.writeBytes(copy);
            });
        }
    }
}
