package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Examples;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.testing.TestKeyProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Callers that block, and callbacks that block, as many at a time as threads allow, wait for nothing but the service. */
class BlockingCallersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2 * Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        byte[] document = new byte[200_000];
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                var response = new MockResponse.Builder();
                return request.getMethod().equals("POST")
                        ? response.addHeader("Content-Type", "application/xml")
                                .body(new Buffer().write(Examples.PORTAL_SIGNATURE_JOB_RESPONSE.bytes()))
                                .build()
                        : response.addHeader("Content-Type", "application/octet-stream")
                                .body(new Buffer().write(document))
                                .build();
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SignatureClient client(UnaryOperator<ClientConfiguration.Builder> change) {
        return client(TestOrganization.CERTIFICATE, change);
    }

    private SignatureClient client(
            OrganizationCertificate certificate, UnaryOperator<ClientConfiguration.Builder> change) {
        URI url = URI.create("http://127.0.0.1:" + server.getPort() + "/api");
        return SignatureClient.create(change.apply(ClientConfiguration.builder(certificate)
                        .environment(ServiceEnvironment.DIFITEST.withServiceUrl(url))
                        .defaultSender(TestOrganization.SENDER)
                        .unlimitedCalls()
                        .calls(calls -> calls.maxConnections(MANY).acquireTimeout(PATIENCE))
                        .downloads(downloads -> downloads.maxConnections(MANY).acquireTimeout(PATIENCE)))
                .build());
    }

    private PAdESReference pades() {
        return PAdESReference.of(URI.create("http://127.0.0.1:" + server.getPort() + "/api/pades"));
    }

    private static PortalJob job(PortalDocument document) {
        return PortalJob.builder(
                        "Title",
                        List.of(document),
                        List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                .build()))
                .build();
    }

    private static PortalJob job() {
        return job(PortalDocument.builder("Document", new byte[100_000]).build());
    }

    /** Runs the action on all threads of Reactor's shared scheduler at the same time. */
    private static Flux<Object> onAllSharedThreads(Mono<?> action) {
        var all = new CountDownLatch(Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
        return Flux.range(0, Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE)
                .flatMap(
                        i -> Mono.<Object>fromCallable(() -> {
                                    all.countDown();
                                    assertThat(all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                                            .isTrue();
                                    return Objects.requireNonNull(action.block());
                                })
                                .subscribeOn(Schedulers.boundedElastic()),
                        Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE);
    }

    @Test
    void saveOnAllSharedThreadsCompletes(@TempDir Path directory) {
        try (var client = client(configuration -> configuration)) {
            StepVerifier.create(onAllSharedThreads(Mono.defer(() -> client.portal()
                                    .getPAdES(pades())
                                    .saveTo(directory.resolve(
                                            Thread.currentThread().getName() + ".pdf"))))
                            .count())
                    .expectNext((long) Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void createOnAllSharedThreadsCompletes() {
        try (var client = client(configuration -> configuration)) {
            StepVerifier.create(
                            onAllSharedThreads(client.portal().create(job())).count())
                    .expectNext((long) Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void resultsOfFileAccessAreEmittedOnEventLoops(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        try (var client = client(configuration -> configuration)) {
            Mono<?> saved = client.portal().getPAdES(pades()).saveTo(directory.resolve("pades.pdf"));
            Mono<?> notSaved = client.portal().getPAdES(pades()).saveTo(missing.resolve("pades.pdf"));
            Mono<?> notCreated = client.portal()
                    .create(job(PortalDocument.builder("Document", missing).build()));

            StepVerifier.create(Flux.just(saved, notSaved, notCreated).concatMap(BlockingCallersTest::emittingThread))
                    .thenConsumeWhile(thread -> thread.startsWith("signature-reactive-"))
                    .verifyComplete();
        }
    }

    private static Mono<String> emittingThread(Mono<?> result) {
        return result.map(value -> Thread.currentThread().getName())
                .onErrorResume(error -> Mono.just(Thread.currentThread().getName()));
    }

    @Test
    void processorsThatBlockDoNotHoldUpEachOther() {
        var all = new CountDownLatch(MANY);
        try (var client = client(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> {
            all.countDown();
            await(all);
            return Mono.just(Objects.requireNonNull(bundle.count().block()));
        }))) {
            StepVerifier.create(Flux.range(0, MANY)
                            .flatMap(i -> client.portal().create(job()), MANY)
                            .count())
                    .expectNext((long) MANY)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void documentPublishersThatBlockDoNotHoldUpEachOther() {
        var all = new CountDownLatch(MANY);
        Flux<ByteBuffer> blocking = Flux.<ByteBuffer>generate(sink -> {
                    all.countDown();
                    await(all);
                    sink.next(ByteBuffer.allocate(1000));
                })
                .take(10);
        try (var client = client(configuration -> configuration)) {
            StepVerifier.create(Flux.range(0, MANY)
                            .flatMap(
                                    i -> client.portal()
                                            .create(job(PortalDocument.builder("Document", blocking)
                                                    .build())),
                                    MANY)
                            .count())
                    .expectNext((long) MANY)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void privateKeyThatBlocksHoldsUpNoOtherJob() {
        Security.addProvider(new TestKeyProvider());
        var signing = new CountDownLatch(MANY);
        var released = new CountDownLatch(1);
        OrganizationCertificate slow = OrganizationCertificate.fromPrivateKey(
                TestKeyProvider.wrap(TestOrganization.CERTIFICATE.privateKey()), TestOrganization.CERTIFICATE.chain());
        try (var blocked = client(slow, configuration -> configuration);
                var other = client(configuration -> configuration)) {
            TestKeyProvider.beforeSigning(() -> {
                signing.countDown();
                await(released);
            });
            CompletableFuture<Long> jobs = Flux.range(0, MANY)
                    .flatMap(i -> blocked.portal().create(job()), MANY)
                    .count()
                    .toFuture();
            await(signing);

            StepVerifier.create(other.portal().create(job()))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            released.countDown();

            StepVerifier.create(Mono.fromFuture(jobs))
                    .expectNext((long) MANY)
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            TestKeyProvider.beforeSigning(() -> {});
            Security.removeProvider("TestKeys");
        }
    }

    @Test
    void callbacksAreNotInvokedOnEventLoops() {
        Queue<String> threads = new ConcurrentLinkedQueue<>();
        Flux<ByteBuffer> document = Flux.<ByteBuffer>generate(sink -> {
                    threads.add(Thread.currentThread().getName());
                    assertThat(Schedulers.isInNonBlockingThread()).isFalse();
                    sink.next(ByteBuffer.allocate(20_000));
                })
                .take(50)
                .doOnSubscribe(
                        subscription -> threads.add(Thread.currentThread().getName()));
        try (var client = client(configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> {
            threads.add(Thread.currentThread().getName());
            return bundle.doOnNext(bytes -> threads.add(Thread.currentThread().getName()));
        }))) {
            StepVerifier.create(client.portal()
                            .create(job(
                                    PortalDocument.builder("Document", document).build())))
                    .expectNextCount(1)
                    .verifyComplete();
        }
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("signature-"));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
