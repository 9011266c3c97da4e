package io.github.signaturereactive;

import io.github.signaturereactive.http.ClientSchedulers;
import io.github.signaturereactive.job.Job;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Passes the bundles of jobs to the configured processors while they are sent. */
final class BundleProcessing {

    /** How many buffers of about 16 KiB each receiver of the bundle may be ahead of the slowest. */
    private static final int AHEAD = 4;

    /** Creates the processors of one job, each of which is called once for every attempt to create it. */
    @FunctionalInterface
    interface Factory {
        DocumentBundleProcessor create(Job job, Scheduler work);
    }

    private final List<Factory> factories;

    BundleProcessing(List<Factory> factories) {
        this.factories = factories;
    }

    /**
     * Passes a bundle to the processors while it is sent.
     *
     * @param allocator allocates the buffers that are sent
     * @return the bundle for sending, subscribed to for each attempt; it completes when all processors have completed, too
     */
    Flux<ByteBuf> accompany(Job job, Flux<ByteBuf> bundle, ClientSchedulers schedulers, ByteBufAllocator allocator) {
        List<DocumentBundleProcessor> processors = factories.stream()
                .map(factory -> factory.create(job, schedulers.work()))
                .toList();
        return processors.isEmpty()
                ? bundle
                : Flux.using(
                        Disposables::swap,
                        source -> shared(job, bundle, source, processors, schedulers)
                                .map(bytes -> allocator
                                        .directBuffer(bytes.remaining())
                                        .writeBytes(bytes.duplicate())),
                        Disposable::dispose);
    }

    private static Flux<ByteBuffer> shared(
            Job job,
            Flux<ByteBuf> bundle,
            Disposable.Swap source,
            List<DocumentBundleProcessor> processors,
            ClientSchedulers schedulers) {
        var broken = new AtomicBoolean();
        // Copied to the heap, so that buffers that are dropped on the way to one of several receivers need no release.
        Flux<ByteBuffer> shared = bundle.map(BundleProcessing::copied)
                .doOnError(error -> broken.set(true))
                .publish(AHEAD)
                .autoConnect(processors.size() + 1, source::update);
        Flux<ByteBuffer> processed = Flux.fromIterable(processors)
                .flatMap(processor -> processed(processor, job, shared, schedulers.blocking()), processors.size())
                // An error of the bundle itself also fails the processors; it is reported once.
                .onErrorComplete(error -> broken.get());
        // Copied to direct buffers here rather than on the event loop.
        return Flux.merge(AHEAD, shared, processed).publishOn(schedulers.work(), AHEAD);
    }

    private static Mono<ByteBuffer> processed(
            DocumentBundleProcessor processor, Job job, Flux<ByteBuffer> shared, Scheduler blocking) {
        var subscribed = new AtomicBoolean();
        Flux<ByteBuffer> once = Flux.defer(() -> subscribed.getAndSet(true)
                        ? Flux.error(new IllegalStateException("The bytes of a document bundle can be read once only"))
                        : shared)
                .publishOn(blocking, AHEAD)
                .map(ByteBuffer::asReadOnlyBuffer);
        return Flux.defer(() -> processor.process(job, once))
                .subscribeOn(blocking)
                // The bundle waits for all receivers, so one that is not interested must subscribe and cancel.
                .then(Mono.defer(() -> subscribed.getAndSet(true)
                        ? Mono.empty()
                        : shared.takeUntilOther(Mono.empty()).then(Mono.<ByteBuffer>empty())));
    }

    private static ByteBuffer copied(ByteBuf buffer) {
        try {
            return ByteBuffer.wrap(ByteBufUtil.getBytes(buffer));
        } finally {
            buffer.release();
        }
    }
}
