package io.github.signaturereactive;

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

/** Passes document bundles to the configured processors while the bundles are sent. */
final class BundleProcessing {

    /** The number of buffers of about 16 KiB that a receiver of the bundle may be ahead of the slowest receiver. */
    private static final int AHEAD = 4;

    /** Creates the processor of a job. It is called once for each attempt to create the job. */
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
     * @param work the scheduler for copying the bundle
     * @param blocking the scheduler on which the processors are called
     * @param allocator the allocator of the buffers to send
     * @return the bundle to send. Each attempt subscribes to it. It completes when all processors have completed
     */
    Flux<ByteBuf> accompany(
            Job job, Flux<ByteBuf> bundle, Scheduler work, Scheduler blocking, ByteBufAllocator allocator) {
        List<DocumentBundleProcessor> processors =
                factories.stream().map(factory -> factory.create(job, work)).toList();
        if (processors.isEmpty()) {
            return bundle;
        }
        return Flux.using(
                Disposables::composite,
                source -> shared(job, bundle, source, processors, work, blocking)
                        .map(bytes -> allocator.directBuffer(bytes.remaining()).writeBytes(bytes.duplicate())),
                Disposable::dispose);
    }

    private static Flux<ByteBuffer> shared(
            Job job,
            Flux<ByteBuf> bundle,
            Disposable.Composite source,
            List<DocumentBundleProcessor> processors,
            Scheduler work,
            Scheduler blocking) {
        var broken = new AtomicBoolean();
        // Heap buffers need no release if one of the receivers is cancelled.
        Flux<ByteBuffer> shared = bundle.map(BundleProcessing::copied)
                .doOnError(error -> broken.set(true))
                // publish() does not cancel its source if it is disposed while it emits.
                .doOnSubscribe(subscription -> source.add(subscription::cancel))
                .publish(AHEAD)
                .autoConnect(processors.size() + 1, source::add);
        Flux<ByteBuffer> processed = Flux.fromIterable(processors)
                .flatMap(processor -> processed(processor, job, shared, blocking), processors.size())
                // An error of the bundle also reaches the subscriber as the error of a processor. Report it once.
                .onErrorComplete(error -> broken.get());
        // accompany(..) copies the heap buffers to direct buffers on this scheduler instead of on the event loop.
        return Flux.merge(AHEAD, shared, processed).publishOn(work, AHEAD);
    }

    private static Mono<ByteBuffer> processed(
            DocumentBundleProcessor processor, Job job, Flux<ByteBuffer> shared, Scheduler blocking) {
        var subscribed = new AtomicBoolean();
        Flux<ByteBuffer> once = Flux.defer(() -> subscribed.getAndSet(true)
                        ? Flux.error(new IllegalStateException(
                                "The document bundle has been subscribed to before. It can be read once only"))
                        : shared)
                .publishOn(blocking, AHEAD)
                .map(ByteBuffer::asReadOnlyBuffer);
        return Flux.defer(() -> processor.process(job, once))
                .subscribeOn(blocking)
                // autoConnect waits for all receivers, so a receiver that does not subscribe must be replaced by a
                // cancelled one.
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
