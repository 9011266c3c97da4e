package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.NonFatalErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The two parts of a create request, identified by their media types, in any order. The job request is in memory. The
 * bundle is in a temporary file, so it can be large. Reads and writes on threads that may block.
 */
final class Upload implements MultipartParser.Parts {

    private static final int LARGEST_XML = 1024 * 1024;
    private static final int BUFFERS_AHEAD = 8;

    private final Path file;
    private final OutputStream bundle;
    private final ByteArrayOutputStream xml = new ByteArrayOutputStream();
    private final MultipartParser parser;
    private @Nullable OutputStream current;
    private boolean xmlSeen;
    private boolean bundleSeen;
    private boolean kept;
    private boolean closed;
    private @Nullable ApiException failure;

    private Upload(String boundary, Path directory) throws IOException {
        this.parser = new MultipartParser(boundary, this);
        this.file = Files.createTempFile(directory, "bundle-", ".asice");
        this.bundle = Files.newOutputStream(file);
    }

    /**
     * Receives the whole body of a request and then applies a function. Deletes the bundle afterwards, unless it was
     * {@linkplain #keepBundle() kept}.
     */
    static <T> Mono<T> receive(Flux<ByteBuf> body, String boundary, Path directory, Function<Upload, T> then) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> new Upload(boundary, directory)).subscribeOn(Schedulers.boundedElastic()),
                // Copies the bytes: a retained buffer can leak when a subscription is cancelled between two threads.
                upload -> body.map(ByteBufUtil::getBytes)
                        .publishOn(Schedulers.boundedElastic(), BUFFERS_AHEAD)
                        .doOnNext(upload::write)
                        .then(NonFatalErrors.fromCallable(() -> {
                            upload.complete();
                            return then.apply(upload);
                        })),
                upload -> Mono.fromRunnable(upload::close).subscribeOn(Schedulers.boundedElastic()));
    }

    /** Returns the job request. */
    byte[] requestXml() {
        return xml.toByteArray();
    }

    /** Keeps the bundle. The caller is then responsible for deleting it. */
    void keepBundle() {
        kept = true;
    }

    Path bundle() {
        return file;
    }

    private synchronized void write(byte[] bytes) {
        try {
            if (failure == null && !closed) {
                parser.feed(bytes);
            }
        } catch (ApiException e) {
            failure = e; // sent when the whole body has been received, because the client reads no response before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void complete() throws IOException {
        if (failure != null) {
            throw failure;
        }
        parser.end();
        bundle.close();
        if (xml.size() == 0) {
            throw new ApiException(400, "MALFORMED_MULTIPART", "No part of type application/xml");
        }
        if (!bundleSeen) {
            throw new ApiException(400, "MALFORMED_MULTIPART", "No part of type application/octet-stream");
        }
    }

    @Override
    public void begin(String mediaType) {
        switch (mediaType) {
            case "application/xml" -> {
                requireFirst(mediaType, xmlSeen);
                current = xml;
                xmlSeen = true;
            }
            case "application/octet-stream" -> {
                requireFirst(mediaType, bundleSeen);
                current = bundle;
                bundleSeen = true;
            }
            default ->
                throw new ApiException(400, "MALFORMED_MULTIPART", "A part of type " + mediaType + " is not expected");
        }
    }

    private static void requireFirst(String mediaType, boolean seen) {
        if (seen) {
            throw new ApiException(400, "MALFORMED_MULTIPART", "There are two parts of type " + mediaType);
        }
    }

    @Override
    public void content(byte[] bytes, int offset, int length) throws IOException {
        OutputStream part = current;
        if (part == null) {
            throw new IllegalStateException("Content outside of any part");
        }
        part.write(bytes, offset, length);
        if (xml.size() > LARGEST_XML) {
            throw new ApiException(413, "REQUEST_TOO_LARGE", "The job request is limited to " + LARGEST_XML + " bytes");
        }
    }

    @Override
    public void end() {
        current = null;
    }

    /** Closes the upload. The client may disconnect while another thread writes to the file. */
    private synchronized void close() {
        closed = true;
        try {
            bundle.close();
            if (!kept) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
