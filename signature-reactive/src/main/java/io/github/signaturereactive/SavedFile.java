package io.github.signaturereactive;

import io.github.signaturereactive.http.ClientSchedulers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * A file that is either complete or absent. The bytes are written to a temporary file in the same directory, which is then
 * renamed.
 *
 * <p>A cancellation may arrive on another thread at any time. Each step therefore holds the lock and checks whether the file was
 * discarded.
 */
final class SavedFile {

    private static final Logger LOG = Loggers.getLogger(SavedFile.class);

    /** The maximum number of buffers that wait to be written. */
    private static final int PREFETCH = 8;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path target;
    private final Path temporary;
    private final FileAttribute<?>[] attributes;
    private @Nullable FileChannel channel;
    private boolean discarded;

    private SavedFile(Path target, FileAttribute<?>[] attributes) {
        this.target = target;
        // The name does not contain the name of the target, which may have the maximum length of the file system.
        this.temporary = target.resolveSibling("." + UUID.randomUUID() + ".part");
        this.attributes = attributes;
    }

    /**
     * Saves the bytes on subscription and emits the given file. Errors of the file system are signaled as
     * {@code UncheckedIOException}.
     *
     * @param bytes the content
     * @param file the file to create or replace; if it is a symbolic link, the file it points to
     * @param attributes the attributes of the file; if empty, a POSIX file system lets only its owner read and write it
     * @param work the scheduler on which the file is accessed
     */
    static Mono<Path> save(Flux<ByteBuffer> bytes, Path file, FileAttribute<?>[] attributes, Scheduler work) {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> create(file, attributes)).subscribeOn(work),
                        saved -> Mono.fromCallable(saved::open)
                                .thenMany(bytes.publishOn(work, PREFETCH))
                                .doOnNext(saved::write)
                                .then(Mono.fromCallable(saved::complete).subscribeOn(work)),
                        saved -> Mono.empty(),
                        (saved, error) -> saved.discardLater(work),
                        saved -> saved.discardLater(work))
                .thenReturn(file)
                .onErrorMap(IOException.class, e -> new UncheckedIOException("Cannot save to " + file + ": " + e, e));
    }

    private static SavedFile create(Path file, FileAttribute<?>[] attributes) throws IOException {
        Path target = targetOf(file);
        try {
            if (Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw new FileSystemException(file.toString(), null, "It is a directory");
            }
        } catch (NoSuchFileException absent) {
            // The file does not exist yet. Other errors, such as a name that is too long, are signaled before the
            // download.
        }
        return new SavedFile(target, attributes.length > 0 ? attributes : defaultAttributes(target));
    }

    private static Path targetOf(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return file.toAbsolutePath();
        }
        return Files.exists(file)
                ? file.toRealPath()
                : file.toAbsolutePath().resolveSibling(Files.readSymbolicLink(file));
    }

    private static FileAttribute<?>[] defaultAttributes(Path target) {
        return target.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private synchronized SavedFile open() throws IOException {
        if (discarded) {
            throw new CancellationException();
        }
        channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
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
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory();
        return target;
    }

    /** Makes the rename durable by syncing the directory. Windows does not support and does not need this. */
    private void syncDirectory() throws IOException {
        Path directory = target.getParent();
        if (directory == null
                || !target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /**
     * Deletes the temporary file. If that fails, the error is logged, because it must not replace the error that caused the
     * deletion.
     */
    private synchronized void discard() {
        discarded = true;
        try {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            LOG.warn("The temporary file {} could not be deleted: {}", temporary, e.toString());
        }
    }

    /** Deletes the temporary file on the given scheduler, or on a new thread if the scheduler was disposed with the client. */
    private Mono<Void> discardLater(Scheduler work) {
        Mono<Void> discarding = Mono.fromRunnable(this::discard);
        return discarding
                .subscribeOn(work)
                .onErrorResume(
                        RejectedExecutionException.class,
                        closed -> discarding.subscribeOn(ClientSchedulers.afterClosing()));
    }
}
