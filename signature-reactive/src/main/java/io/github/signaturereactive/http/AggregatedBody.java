package io.github.signaturereactive.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a response body into memory, up to a maximum size and within a timeout. */
final class AggregatedBody {

    private AggregatedBody() {}

    /**
     * Reads a body to its end, after which its connection returns to the pool.
     *
     * @param body the body, in buffers with accessible arrays
     * @param maxBytes the maximum size in bytes
     * @param timeout the timeout of the whole body; its expiry is signaled as {@code TimeoutException}
     * @param tooLarge creates the error for a body that exceeds the maximum size
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
