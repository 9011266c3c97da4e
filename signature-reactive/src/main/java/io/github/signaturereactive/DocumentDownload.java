package io.github.signaturereactive;

import io.github.signaturereactive.http.Download;
import io.github.signaturereactive.http.DroppedErrors;
import io.github.signaturereactive.job.DownloadHeaders;
import io.github.signaturereactive.job.PreconditionException;
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
 * The download of a signed document: a PAdES (PDF) or a XAdES (XML). Immutable.
 *
 * <p>The publishers are cold: each subscription sends a request. Back-pressure applies to the connection, so memory use does not depend
 * on the size of the document, except for {@link #toByteArray}. Cancelling closes the connection.
 *
 * <p>The errors are {@link io.github.signaturereactive.job.SignatureException}s. If the connection ends before the document is
 * complete, the error is a {@link io.github.signaturereactive.job.ServiceUnreachableException}. A download is idempotent and may be
 * retried.
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
     * Returns a copy with another file name, for example for the header {@code Content-Disposition} of your own response. The name is
     * not used by {@link #saveTo}.
     *
     * <p>The name may be any text, such as the title of a job. It is changed to a valid file name for Windows, macOS and Linux:
     *
     * <ul>
     *   <li>Slashes, backslashes, {@code : * ? " < > |}, control characters and unpaired surrogates are replaced by {@code _}.
     *   <li>Invisible characters, such as those for the writing direction, are removed. So are dots and blanks at both ends.
     *   <li>A device name of Windows, such as {@code NUL.pdf}, gets the prefix {@code _}.
     *   <li>A name of more than 200 bytes in UTF-8 is shortened. Its extension is kept.
     *   <li>An empty name becomes {@code pades.pdf} or {@code xades.xml}.
     * </ul>
     *
     * @param fileName the name with its extension, as in {@code Rental agreement.pdf}
     * @return the copy
     */
    public DocumentDownload named(String fileName) {
        return new DocumentDownload(
                download, SafeFileName.of(Objects.requireNonNull(fileName, "fileName"), format.fileName), format);
    }

    /**
     * Returns the file name for passing the document on. Defaults to {@code pades.pdf} or {@code xades.xml}; see {@link #named}.
     *
     * @return the file name with its extension
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Returns the media type for passing the document on. The {@code Content-Type} of the service, which is in {@link DownloadHeaders},
     * may be less specific.
     *
     * @return {@code application/pdf} for a PAdES, {@code application/xml} for a XAdES
     */
    public String contentType() {
        return format.contentType;
    }

    /**
     * Returns the bytes of the document. They are emitted on an event loop of the client, which must not block: use {@code publishOn}
     * before blocking code.
     *
     * @return the bytes in heap buffers, which need no release
     */
    public Flux<ByteBuffer> content() {
        return exchange((headers, bytes) -> bytes);
    }

    /**
     * Saves the document to a file that only its owner can read and write. See {@link #saveTo(Path, FileAttribute[])}.
     *
     * @param file the file, in an existing directory
     * @return a Mono that emits the file when the document is complete on disk. It errors with {@link java.io.UncheckedIOException},
     *     naming the file, if the file cannot be written
     */
    public Mono<Path> saveTo(Path file) {
        return saveTo(file, new FileAttribute<?>[0]);
    }

    /**
     * Saves the document to a file.
     *
     * <p>The bytes are written to a hidden temporary file in the same directory. Its name ends in {@code .part}. When the document is
     * complete and synchronized to disk, the temporary file atomically replaces the file, and the directory is synchronized. After an
     * error or a cancellation, the file is unchanged and the temporary file is deleted.
     *
     * <p>If the file is a symbolic link, its target is replaced. The attributes of a replaced file are not kept. Files are not accessed
     * on the event loop.
     *
     * @param file the file, in an existing directory
     * @param attributes the attributes of the file, such as {@link
     *     java.nio.file.attribute.PosixFilePermissions#asFileAttribute permissions}. Defaults to read and write permission for the
     *     owner only, on file systems with POSIX permissions
     * @return a Mono that emits the file when the document is complete on disk. It errors with {@link java.io.UncheckedIOException},
     *     naming the file, if the file cannot be written
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
     * Reads the document into memory.
     *
     * @param maxBytes the maximum size of the document in bytes
     * @return a Mono that emits the bytes. It errors with {@link PreconditionException} if the document is larger, and closes the
     *     connection
     */
    public Mono<byte[]> toByteArray(int maxBytes) {
        return exchange((headers, bytes) -> headers.contentLength() != null && headers.contentLength() > maxBytes
                        ? Mono.error(() -> tooLarge(maxBytes))
                        : collect(bytes, maxBytes))
                .single()
                .checkpoint("DocumentDownload.toByteArray");
    }

    private static Mono<byte[]> collect(Flux<ByteBuffer> bytes, int maxBytes) {
        return bytes.reduceWith(ByteArrayOutputStream::new, (read, buffer) -> {
                    if (read.size() + buffer.remaining() > maxBytes) {
                        throw tooLarge(maxBytes);
                    }
                    read.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
                    return read;
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    private static PreconditionException tooLarge(int maxBytes) {
        return new PreconditionException(
                PreconditionException.Reason.DOCUMENT_TOO_LARGE,
                "The document exceeds the limit of " + maxBytes
                        + " bytes in memory. Raise the limit, save the document to a file, or stream it.");
    }

    /**
     * Passes the response headers and the bytes of the document to a function, for example to copy both to another response.
     *
     * @param <T> the type of the elements that the function's publisher emits
     * @param function the function, which is called for each subscription when the response headers have arrived. Its publisher may
     *     subscribe to the bytes once. The connection is closed if the publisher terminates before the bytes do
     * @return a Flux of the elements and the error of the function's publisher
     */
    public <T> Flux<T> exchange(BiFunction<DownloadHeaders, Flux<ByteBuffer>, ? extends Publisher<T>> function) {
        return download.exchange(function).checkpoint("DocumentDownload.exchange");
    }
}
