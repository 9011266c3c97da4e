package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
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
import reactor.core.scheduler.Schedulers;

/** The bytes of a document, in chunks to be used at once, within the call that brings them. */
final class Content {

    /** The largest chunk, in bytes; small, because the connection asks for 128 buffers at a time. */
    static final int CHUNK = 16 * 1024;

    /** How many buffers of a publisher are asked for before they are needed. */
    static final int PREFETCH = 2;

    private Content() {}

    /**
     * The bytes of a document. Files are read on the thread that subscribes and requests.
     *
     * @param name what an error calls the document
     */
    static Flux<ByteBuffer> of(Document document, String name) {
        DocumentContent content = document.content();
        if (content instanceof DocumentContent.Bytes bytes) {
            return Flux.defer(() -> Flux.fromIterable(chunks(bytes.buffer())));
        } else if (content instanceof DocumentContent.File file) {
            return file(file.path())
                    .onErrorMap(
                            IOException.class,
                            e -> new UncheckedIOException(
                                    name + ", " + file.path() + ", cannot be read: " + e.getMessage(), e));
        }
        // Whatever thread it publishes on, an event loop for one, is left before any work begins.
        return Flux.from(((DocumentContent.Stream) content).publisher())
                .publishOn(Schedulers.boundedElastic(), PREFETCH)
                .concatMapIterable(Content::chunks, 1);
    }

    /** What remains in the buffer, which is not changed itself. */
    private static Iterable<ByteBuffer> chunks(ByteBuffer buffer) {
        ByteBuffer remaining = buffer.slice();
        int size = remaining.limit();
        return () -> IntStream.range(0, size / CHUNK + (size % CHUNK == 0 ? 0 : 1))
                .map(i -> i * CHUNK)
                .mapToObj(from -> remaining.slice(from, Math.min(CHUNK, size - from)))
                .iterator();
    }

    /** Generate closes the file when it is read, failed or cancelled, and never while a read is going on. */
    private static Flux<ByteBuffer> file(Path path) {
        return Flux.generate(() -> new OpenFile(path), OpenFile::read, OpenFile::close);
    }

    /** A file being read, into the same buffer again and again. */
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
