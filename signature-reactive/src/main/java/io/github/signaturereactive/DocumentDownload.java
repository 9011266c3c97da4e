package io.github.signaturereactive;

import io.github.signaturereactive.http.Download;
import io.github.signaturereactive.job.DocumentTooLargeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A download that has not begun. Each subscription to what its methods give is a download of its own, made with the
 * subscriber's back-pressure: memory use does not depend on the document's size. Cancelling closes the connection. A document
 * that is cut short is an error, {@link io.github.signaturereactive.job.ServiceUnreachableException}.
 */
public final class DocumentDownload {

    private static final Pattern FILE_NAME = Pattern.compile("(?=.*[^ .])[^\\p{Cntrl}/\\\\]{1,200}");

    private final Download download;
    private final String fileName;

    private DocumentDownload(Download download, String fileName) {
        this.download = download;
        this.fileName = fileName;
    }

    static DocumentDownload ofPAdES(Download download) {
        return new DocumentDownload(download, "pades.pdf");
    }

    static DocumentDownload ofXAdES(Download download) {
        return new DocumentDownload(download, "xades.xml");
    }

    /**
     * The same download with a file name, for those to whom it is passed on, such as a browser. Defaults to {@code pades.pdf} or {@code
     * xades.xml}. Where this client saves it does not depend on it.
     *
     * @param fileName up to 200 characters, without slashes, backslashes and control characters, and not of dots and blanks alone
     */
    public DocumentDownload named(String fileName) {
        if (!FILE_NAME.matcher(fileName).matches()) {
            throw new IllegalArgumentException(
                    "fileName must be 1 to 200 characters, without slashes, backslashes and control"
                            + " characters, and not of dots and blanks alone; this one has " + fileName.length()
                            + " characters");
        }
        return new DocumentDownload(download, fileName);
    }

    /** What the file should be called by those to whom it is passed on. */
    public String fileName() {
        return fileName;
    }

    /**
     * The document's bytes. The buffers are the subscriber's own: there is nothing to release and nothing to close. They are
     * emitted on an event loop, so take them elsewhere before anything that blocks.
     */
    public Flux<ByteBuffer> content() {
        return exchange((headers, bytes) -> bytes);
    }

    /**
     * Saves the document. The file appears under its name, replacing one that is there, when it is complete and on disk; after
     * an error or a cancellation there is nothing. Until then the bytes are in a file beside it whose name ends in
     * {@code .part}.
     *
     * @param file the file, in a directory that exists
     * @return the file; or an {@link java.io.UncheckedIOException} that names it, if it cannot be written
     */
    public Mono<Path> saveTo(Path file) {
        return SavedFile.save(content(), file).checkpoint("DocumentDownload.saveTo");
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
