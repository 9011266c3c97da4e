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
import reactor.core.scheduler.Schedulers;

/** A bundle on its way to the service, which processors see pass. */
final class BundleProcessing {

    /** Buffers, of some 16 KiB, that each of those who take the bundle may be ahead of the slowest. */
    private static final int AHEAD = 4;

    private final List<DocumentBundleProcessor> processors;

    BundleProcessing(List<DocumentBundleProcessor> processors) {
        this.processors = processors;
    }

    /** The bundle for sending: it completes when all of it has been sent on, and all processors have completed. */
    Flux<ByteBuf> accompany(Job job, Flux<ByteBuf> bundle) {
        return processors.isEmpty()
                ? bundle
                : Flux.using(Disposables::swap, source -> shared(job, bundle, source), Disposable::dispose);
    }

    private Flux<ByteBuf> shared(Job job, Flux<ByteBuf> bundle, Disposable.Swap source) {
        var broken = new AtomicBoolean();
        // Copied to the heap first, so that whatever is dropped on the way to one of several needs no releasing.
        Flux<ByteBuffer> shared = bundle.map(BundleProcessing::copied)
                .doOnError(error -> broken.set(true))
                .publish(AHEAD)
                .autoConnect(processors.size() + 1, source::update);
        Flux<ByteBuffer> processed = Flux.fromIterable(processors)
                .flatMap(processor -> processed(processor, job, shared), processors.size())
                // What a processor makes of an error of the bundle itself is no news.
                .onErrorComplete(error -> broken.get());
        // Made into what the connection writes as it is, and not by the event loop.
        return Flux.merge(AHEAD, shared, processed)
                .publishOn(Schedulers.boundedElastic(), AHEAD)
                .map(bytes ->
                        ByteBufAllocator.DEFAULT.directBuffer(bytes.remaining()).writeBytes(bytes.duplicate()));
    }

    private static Mono<ByteBuffer> processed(DocumentBundleProcessor processor, Job job, Flux<ByteBuffer> shared) {
        var subscribed = new AtomicBoolean();
        Flux<ByteBuffer> once = Flux.defer(() -> subscribed.getAndSet(true)
                        ? Flux.error(new IllegalStateException("The bytes of a document bundle can be read once only"))
                        : shared)
                .publishOn(Schedulers.boundedElastic(), AHEAD)
                .map(ByteBuffer::asReadOnlyBuffer);
        return Flux.defer(() -> processor.process(job, once))
                .subscribeOn(Schedulers.boundedElastic())
                // The bundle waits for everybody, so whoever has no interest must come, and go.
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
