package io.github.signaturereactive.signingservice.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;

/**
 * The body of a response and its length.
 *
 * @param length the {@code Content-Length}
 * @param content the bytes, produced again for each subscriber; the subscriber releases the buffers
 */
public record Body(long length, Flux<ByteBuf> content) {

    /** Size of a chunk in bytes. It is small because up to 128 buffers are requested ahead. */
    private static final int CHUNK = 16 * 1024;

    static Body empty() {
        return new Body(0, Flux.empty());
    }

    /** Returns a body of these bytes. */
    public static Body of(byte[] bytes) {
        return new Body(bytes.length, Flux.fromStream(() -> Stream.of(Unpooled.wrappedBuffer(bytes))));
    }

    /** Returns a body that is read from a file. */
    public static Body of(Path file, long length) {
        return new Body(length, ByteBufFlux.fromPath(file, CHUNK).subscribeOn(Schedulers.boundedElastic()));
    }

    /** Returns a body of generated content. */
    public static Body of(GeneratedDocument document) {
        return new Body(document.length(), Flux.from(document.content()).map(Unpooled::wrappedBuffer));
    }

    /** Returns the first bytes of this body, with the length of the whole body. */
    public Body upTo(long bytes) {
        return new Body(length, Flux.defer(() -> {
            AtomicLong left = new AtomicLong(bytes);
            return content.map(buffer -> {
                        long before = left.getAndAdd(-buffer.readableBytes());
                        return before >= buffer.readableBytes()
                                ? buffer
                                : buffer.writerIndex(buffer.readerIndex() + (int) Math.max(0, before));
                    })
                    .takeUntil(buffer -> left.get() <= 0);
        }));
    }
}
