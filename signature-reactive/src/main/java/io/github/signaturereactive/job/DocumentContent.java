package io.github.signaturereactive.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.reactivestreams.Publisher;

/** The source of a document's bytes. It is read each time a job with the document is created. */
public sealed interface DocumentContent {

    /** Bytes in memory. */
    final class Bytes implements DocumentContent {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** {@return a read-only buffer with the bytes} */
        public ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /**
     * A file. It is opened when the job is created, and read while the request is sent.
     *
     * @param path the path of the file
     */
    record File(Path path) implements DocumentContent {}

    /**
     * A publisher. It is subscribed to when the job is created, and again if the request is repeated with a new access
     * token.
     *
     * <p>The client requests buffers as the connection accepts them. It cancels the subscription if the creation is
     * cancelled or fails. An error of the publisher is emitted unchanged by the creation.
     *
     * <p>The remaining bytes of each buffer are sent. The client does not modify buffers. It may read a buffer after
     * {@code onNext} has returned, so the publisher must not reuse buffers.
     *
     * @param publisher the bytes of the document
     */
    record Stream(Publisher<ByteBuffer> publisher) implements DocumentContent {
        @Override
        public String toString() {
            return "a publisher";
        }
    }
}
