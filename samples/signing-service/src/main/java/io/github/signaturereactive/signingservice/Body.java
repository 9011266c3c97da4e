package io.github.signaturereactive.signingservice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;

/**
 * The bytes of an answer and how many they are.
 *
 * @param length the {@code Content-Length}
 * @param content the bytes, anew for each subscriber, who releases the buffers
 */
record Body(long length, Flux<ByteBuf> content) {

    /** Small, because up to 128 buffers are asked for ahead. */
    private static final int CHUNK = 16 * 1024;

    static Body empty() {
        return new Body(0, Flux.empty());
    }

    static Body of(byte[] bytes) {
        return new Body(bytes.length, Flux.fromStream(() -> java.util.stream.Stream.of(Unpooled.wrappedBuffer(bytes))));
    }

    static Body of(Path file, long length) {
        return new Body(length, ByteBufFlux.fromPath(file, CHUNK).subscribeOn(Schedulers.boundedElastic()));
    }

    static Body of(GeneratedDocument document) {
        return new Body(document.length(), Flux.from(document.content()).map(Unpooled::wrappedBuffer));
    }
}
