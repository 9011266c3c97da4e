package io.github.signaturereactive;

import io.github.signaturereactive.http.Download;
import io.github.signaturereactive.http.DroppedErrors;
import io.github.signaturereactive.job.DocumentTooLargeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A download that has not begun. Each subscription to what its methods give is a download of its own, made with the
 * subscriber's back-pressure: memory use does not depend on the document's size. Cancelling closes the connection. A document
 * that is cut short is an error, {@link io.github.signaturereactive.job.ServiceUnreachableException}.
 */
public final class DocumentDownload {

    private enum Format {
        PADES("pades.pdf", "application/pdf"),
        XADES("xades.xml", "application/xml");

        private final String fileName;
        private final String contentType;

        Format(String fileName, String contentType) {
            this.fileName = fileName;
            this.contentType = contentType;
        }
    }

    private final Download download;
    private final String fileName;
    private final Format format;

    private DocumentDownload(Download download, String fileName, Format format) {
        this.download = download;
        this.fileName = fileName;
        this.format = format;
    }

    static DocumentDownload ofPAdES(Download download) {
        return new DocumentDownload(download, Format.PADES.fileName, Format.PADES);
    }

    static DocumentDownload ofXAdES(Download download) {
        return new DocumentDownload(download, Format.XADES.fileName, Format.XADES);
    }

    /**
     * Returns the same download with another file name, for a browser or whoever else the document is passed on to. Does not
     * affect {@link #saveTo}.
     *
     * <p>Any text can be given, for instance a job's title. Characters that a file name cannot have on Windows, macOS or
     * Linux become {@code _}: slashes, backslashes, {@code : * ? " < > |}, control characters and unpaired surrogates.
     * Invisible characters, such as those that change the direction of writing, and dots and blanks at the ends are left
     * out. A name that Windows reserves for a device, such as {@code NUL.pdf}, gets a {@code _} in front. A name of more than
     * 200 bytes in UTF-8 is cut before its extension. If nothing else is left, the name is the default one: {@code pades.pdf}
     * or {@code xades.xml}.
     *
     * @param fileName the name with its extension, as in {@code Rental agreement.pdf}
     */
    public DocumentDownload named(String fileName) {
        return new DocumentDownload(
                download, SafeFileName.of(Objects.requireNonNull(fileName, "fileName"), format.fileName), format);
    }

    /**
     * Returns the file name for a browser or whoever else the document is passed on to: {@code pades.pdf} or
     * {@code xades.xml}, unless {@linkplain #named another} was given.
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Returns the media type for a browser or whoever else the document is passed on to: {@code application/pdf} for a PAdES,
     * {@code application/xml} for an XAdES. What the service says may be less specific; see {@link DownloadHeaders}.
     */
    public String contentType() {
        return format.contentType;
    }

    /**
     * The document's bytes. The buffers are the subscriber's own: there is nothing to release and nothing to close. They are
     * emitted on an event loop, so take them elsewhere before anything that blocks.
     */
    public Flux<ByteBuffer> content() {
        return exchange((headers, bytes) -> bytes);
    }

    /**
     * Saves the document to a file that only its owner can read and write, as {@link #saveTo(Path, FileAttribute[])}.
     *
     * @param file the file, in an existing directory
     * @return emits the file when it is complete and on disk, or an {@link java.io.UncheckedIOException} that names it
     */
    public Mono<Path> saveTo(Path file) {
        return saveTo(file, new FileAttribute<?>[0]);
    }

    /**
     * Saves the document to a file.
     *
     * <p>The file is created, or replaced atomically, once all bytes are on disk; file and directory are synchronized. Before, and
     * after an error or a cancellation, it is absent or as it was. Until then the bytes are in a hidden file of the same directory
     * whose name ends in {@code .part}. If the file is a symbolic link, the link stays and the file it points to is replaced. The
     * attributes of a replaced file are not kept.
     *
     * @param file the file, in an existing directory
     * @param attributes the attributes of the file, such as {@link
     *     java.nio.file.attribute.PosixFilePermissions#asFileAttribute permissions}; if none are given, only its owner can read and
     *     write it, where the file system has permissions
     * @return emits the file when it is complete and on disk, or an {@link java.io.UncheckedIOException} that names it
     */
    public Mono<Path> saveTo(Path file, FileAttribute<?>... attributes) {
        return SavedFile.save(
                        content(),
                        file,
                        attributes.clone(),
                        download.schedulers().work())
                .publishOn(download.schedulers().eventLoops())
                .contextWrite(DroppedErrors::ofCall)
                .onErrorMap(RejectedExecutionException.class, closed -> download.clientClosed())
                .checkpoint("DocumentDownload.saveTo");
    }

    /**
     * The document in memory.
     *
     * @param maxBytes the largest document to take
     * @return the bytes, or {@link DocumentTooLargeException}, in which case reading has stopped there
     */
    public Mono<byte[]> toByteArray(int maxBytes) {
        return exchange((headers, bytes) -> headers.contentLength() != null && headers.contentLength() > maxBytes
                        ? Mono.error(new DocumentTooLargeException(maxBytes))
                        : collect(bytes, maxBytes))
                .single()
                .checkpoint("DocumentDownload.toByteArray");
    }

    private static Mono<byte[]> collect(Flux<ByteBuffer> bytes, int maxBytes) {
        return bytes.reduceWith(ByteArrayOutputStream::new, (read, buffer) -> {
                    if (read.size() + buffer.remaining() > maxBytes) {
                        throw new DocumentTooLargeException(maxBytes);
                    }
                    read.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
                    return read;
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    /**
     * The document's bytes together with what is known before the first of them, for instance to pass both on.
     *
     * @param function gets the headers and the bytes, which it must subscribe to at most once; what it gives is what the
     *     subscriber gets, errors of its own included
     */
    public <T> Flux<T> exchange(BiFunction<DownloadHeaders, Flux<ByteBuffer>, ? extends Publisher<T>> function) {
        return download.exchange((head, bytes) ->
                        function.apply(new DownloadHeaders(head.contentLength(), head.contentType()), bytes))
                .checkpoint("DocumentDownload.exchange");
    }
}
