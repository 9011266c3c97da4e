package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.DocumentContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/** The bytes of a document, in chunks that must be used within the call that emits them. */
final class Content {

    /** The largest chunk in bytes. It is small because Reactor Netty requests 128 buffers at a time. */
    static final int CHUNK = 16 * 1024;

    /** How many buffers of a publisher are requested before they are needed. */
    static final int PREFETCH = 2;

    private Content() {}

    /**
     * Returns the bytes of a document. Files are read on the thread that subscribes and requests, which must be one of {@code work}.
     *
     * @param work the scheduler on which a publisher's buffers are emitted, whatever thread publishes them
     * @param blocking the scheduler on which a publisher is subscribed to and requested from
     */
    static Flux<ByteBuffer> of(DocumentContent content, Scheduler work, Scheduler blocking) {
        if (content instanceof DocumentContent.Bytes bytes) {
            return Flux.defer(() -> Flux.fromIterable(chunks(bytes.buffer())));
        } else if (content instanceof DocumentContent.File file) {
            return file(file.path());
        }
        return Flux.from(((DocumentContent.Stream) content).publisher())
                .subscribeOn(blocking)
                .publishOn(work, PREFETCH)
                .concatMapIterable(Content::chunks, 1);
    }

    /** Splits what remains in the buffer, without changing the buffer itself. */
    private static Iterable<ByteBuffer> chunks(ByteBuffer buffer) {
        ByteBuffer remaining = buffer.slice();
        int size = remaining.limit();
        return () -> IntStream.range(0, size / CHUNK + (size % CHUNK == 0 ? 0 : 1))
                .map(i -> i * CHUNK)
                .mapToObj(from -> remaining.slice(from, Math.min(CHUNK, size - from)))
                .iterator();
    }

    /** Reads a file. {@code generate} closes it on completion, error and cancellation, never during a read. */
    private static Flux<ByteBuffer> file(Path path) {
        return Flux.generate(() -> new OpenFile(path), OpenFile::read, OpenFile::close);
    }

    /** An open file that is read into the same buffer repeatedly. */
    private static final class OpenFile {

        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);

        OpenFile(Path path) throws IOException {
            this.channel = FileChannel.open(path, StandardOpenOption.READ);
        }

        OpenFile read(SynchronousSink<ByteBuffer> chunks) {
            try {
                if (channel.read(buffer.clear()) < 0) {
                    chunks.complete();
                } else {
                    chunks.next(buffer.flip());
                }
            } catch (IOException e) {
                chunks.error(e);
            }
            return this;
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
