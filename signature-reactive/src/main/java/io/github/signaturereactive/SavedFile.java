package io.github.signaturereactive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A file that is complete or not there: written beside its place, and moved there when all of it is on disk. A cancellation
 * may come from another thread at any moment, so each step holds the lock and looks whether it is still wanted.
 */
final class SavedFile {

    /** Buffers that may wait for the disk: enough to keep both sides busy, little enough not to count. */
    private static final int AHEAD = 8;

    private final Path file;
    private final Path part;
    private @Nullable FileChannel channel;
    private boolean discarded;

    private SavedFile(Path file) {
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Opens the file, then subscribes to the bytes; the file is touched only on threads that may block. */
    static Mono<Path> save(Flux<ByteBuffer> bytes, Path file) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> new SavedFile(file)).subscribeOn(Schedulers.boundedElastic()),
                        saved -> Mono.fromCallable(saved::open)
                                .thenMany(bytes.publishOn(Schedulers.boundedElastic(), AHEAD))
                                .doOnNext(saved::write)
                                .then(Mono.fromCallable(saved::complete).subscribeOn(Schedulers.boundedElastic())),
                        saved -> Mono.empty(),
                        (saved, error) -> saved.discardLater(),
                        SavedFile::discardLater)
                .onErrorMap(IOException.class, e -> new UncheckedIOException("Cannot save to " + file + ": " + e, e));
    }

    private synchronized SavedFile open() throws IOException {
        if (discarded) {
            throw new CancellationException();
        }
        channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return this;
    }

    private synchronized void write(ByteBuffer buffer) {
        try {
            while (!discarded && channel != null && buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw Exceptions.propagate(e);
        }
    }

    private synchronized Path complete() throws IOException {
        if (discarded || channel == null) {
            throw new CancellationException();
        }
        channel.force(true);
        channel.close();
        return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private synchronized void discard() {
        discarded = true;
        try {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Mono<Void> discardLater() {
        return Mono.<Void>fromRunnable(this::discard).subscribeOn(Schedulers.boundedElastic());
    }
}
