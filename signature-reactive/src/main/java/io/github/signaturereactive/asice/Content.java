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

/** Reads the content of documents in chunks. A chunk is only valid during the {@code onNext} call that emits it. */
final class Content {

    /** The maximum size of a chunk in bytes. It is small because Reactor Netty requests 128 buffers at a time. */
    static final int CHUNK = 16 * 1024;

    /** The number of buffers of a publisher to prefetch. */
    static final int PREFETCH = 2;

    private Content() {}

    /**
     * Returns the chunks of a document. A file is read on the thread that requests, which must be a thread of {@code work}.
     *
     * @param work the scheduler that emits the buffers of a publisher
     * @param blocking the scheduler for subscribing to a publisher and requesting from it
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

    /** Splits the remaining bytes of the buffer. Leaves its position and limit unchanged. */
    private static Iterable<ByteBuffer> chunks(ByteBuffer buffer) {
        ByteBuffer remaining = buffer.slice();
        int size = remaining.limit();
        return () -> IntStream.range(0, size / CHUNK + (size % CHUNK == 0 ? 0 : 1))
                .map(i -> i * CHUNK)
                .mapToObj(from -> remaining.slice(from, Math.min(CHUNK, size - from)))
                .iterator();
    }

    /** Reads a file. {@code Flux.generate} closes the file on completion, error and cancellation, but never during a read. */
    private static Flux<ByteBuffer> file(Path path) {
        return Flux.generate(() -> new OpenFile(path), OpenFile::read, OpenFile::close);
    }

    /** An open file. All reads use the same buffer. */
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
