package io.github.signaturereactive.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a body into memory. */
final class AggregatedBody {

    private AggregatedBody() {}

    /**
     * Reads a body to its end, which frees its connection for the next request.
     *
     * @param body buffers with accessible arrays
     * @param maxBytes the largest body to read
     * @param timeout how long the whole body may take
     * @param tooLarge creates the error for a larger body
     */
    static Mono<byte[]> of(
            Flux<ByteBuffer> body, int maxBytes, Duration timeout, Supplier<? extends RuntimeException> tooLarge) {
        return body.reduceWith(ByteArrayOutputStream::new, (read, bytes) -> {
                    if (read.size() + bytes.remaining() > maxBytes) {
                        throw tooLarge.get();
                    }
                    read.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                    return read;
                })
                .timeout(timeout)
                .map(ByteArrayOutputStream::toByteArray);
    }
}
