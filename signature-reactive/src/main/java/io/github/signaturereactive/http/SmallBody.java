package io.github.signaturereactive.http;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;

/** Bodies that are held in memory, which they must be small for. */
final class SmallBody {

    private SmallBody() {}

    /** Reads all of a body, which also frees its connection for the next request. */
    static Mono<byte[]> read(ByteBufFlux body, int limit, Supplier<? extends RuntimeException> tooLarge) {
        return body.asByteArray()
                .reduceWith(ByteArrayOutputStream::new, (read, bytes) -> {
                    if (read.size() + bytes.length > limit) {
                        throw tooLarge.get();
                    }
                    read.writeBytes(bytes);
                    return read;
                })
                .map(ByteArrayOutputStream::toByteArray);
    }
}
