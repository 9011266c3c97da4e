package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.asice.Bundle;
import io.github.signaturereactive.asice.Documents;
import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.ClientSchedulers;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.testing.Soak;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** Cancels bundles at random moments and counts the buffers that are not released. */
@Soak
@Timeout(120)
class CancelledBundleTest {

    private static final int CANCELS = Soak.FULL ? 5_000 : 500;
    private static final int SLOWEST_NANOS = 2_000_000;

    @TempDir
    private static Path directory;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    static Stream<Named<List<BundleProcessing.Factory>>> processors() {
        return Stream.of(
                Named.of("no processor", List.of()),
                Named.of("disk dump", List.of(new DumpToDirectory(directory, Clock.systemUTC()))),
                Named.of(
                        "two processors",
                        List.of(
                                (job, work) -> (same, bundle) -> bundle,
                                (job, work) -> (same, bundle) -> bundle.take(2))));
    }

    @ParameterizedTest
    @MethodSource("processors")
    void cancelledBundleReleasesAllBuffers(List<BundleProcessing.Factory> processors) {
        var api = new ApiClient(TestOrganization.configuration(URI.create("http://127.0.0.1:1/api"))
                .build()
                .transport());
        ClientSchedulers schedulers = api.schedulers();
        PortalJob job = job();
        var processing = new BundleProcessing(processors);

        for (int i = 0; i < CANCELS; i++) {
            var bundle = new Bundle(
                    new Documents(job.documents(), Long.MAX_VALUE, schedulers.work(), schedulers.blocking()),
                    names -> "<manifest/>".getBytes(StandardCharsets.UTF_8),
                    TestOrganization.CERTIFICATE,
                    Clock.systemUTC(),
                    schedulers.work(),
                    schedulers.blocking());
            var subscriber = new ReleasingSubscriber();
            processing
                    .accompany(job, bundle.content(allocator), schedulers.work(), schedulers.blocking(), allocator)
                    .subscribe(subscriber);
            long cancelledAt = System.nanoTime() + ThreadLocalRandom.current().nextInt(SLOWEST_NANOS);
            while (System.nanoTime() < cancelledAt) {
                Thread.onSpinWait();
            }
            subscriber.cancel();
        }
        // Waits for all tasks.
        api.disposeLater().block(Duration.ofSeconds(60));

        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    private static PortalJob job() {
        byte[] document = new byte[20_000];
        new Random(1).nextBytes(document);
        return PortalJob.builder(
                        "Job",
                        List.of(
                                PortalDocument.builder("Bytes", document).build(),
                                PortalDocument.builder("Publisher", Flux.just(ByteBuffer.wrap(document)))
                                        .build()),
                        List.of(PortalSigner.identifiedByPersonalIdentificationNumber(
                                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                                .build()))
                .build();
    }

    private static final class ReleasingSubscriber extends BaseSubscriber<ByteBuf> {

        @Override
        protected void hookOnNext(ByteBuf buffer) {
            buffer.release();
        }
    }
}
