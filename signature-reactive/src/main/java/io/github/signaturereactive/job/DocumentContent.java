package io.github.signaturereactive.job;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.reactivestreams.Publisher;

/** Where the bytes of a document come from. They are read anew each time the job is created. */
public sealed interface DocumentContent {

    /** Bytes in memory. */
    final class Bytes implements DocumentContent {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        /** The bytes, read-only. */
        public ByteBuffer buffer() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /**
     * A file, opened when the job is created and read while it is sent.
     *
     * @param path the file
     */
    record File(Path path) implements DocumentContent {}

    /**
     * A publisher, subscribed to when the job is created, with back-pressure from the connection. Cancelled if creating
     * is cancelled or fails; if it fails itself, creating the job fails with its error. Its buffers are read up to
     * their limits, not changed, and used after they have been emitted: do not use one again for other bytes.
     *
     * @param publisher the publisher
     */
    record Stream(Publisher<ByteBuffer> publisher) implements DocumentContent {
        @Override
        public String toString() {
            return "a publisher";
        }
    }
}
