package io.github.signaturereactive.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A PDF to be signed.
 *
 * @param file the file
 * @param title the title that signers see
 * @param size the size in bytes
 * @param pages the number of pages
 */
record InputPdf(Path file, String title, long size, int pages) {

    private static final int CHUNK = 16 * 1024;
    private static final int LONGEST_TITLE = 80;

    /** Opens a PDF, with the name of the file as its title. */
    static InputPdf open(Path file) {
        String name = file.getFileName().toString().replaceFirst("(?i)\\.pdf$", "");
        String title = name.isBlank() ? "Document" : name;
        return open(file, title.substring(0, Math.min(title.length(), LONGEST_TITLE)));
    }

    /**
     * Opens a PDF.
     *
     * @throws ArgumentException if the file cannot be read, is not a PDF, or is protected by a password
     */
    static InputPdf open(Path file, String title) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ArgumentException("cannot read " + file);
        }
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            if (document.isEncrypted()) {
                throw isProtected(file);
            }
            return new InputPdf(file, title, Files.size(file), document.getNumberOfPages());
        } catch (InvalidPasswordException e) {
            throw isProtected(file);
        } catch (IOException e) {
            throw new ArgumentException(file + " is not a PDF (" + e.getMessage() + ")");
        }
    }

    private static ArgumentException isProtected(Path file) {
        return new ArgumentException(file + " is protected by a password; the service takes no such documents");
    }

    /**
     * Emits the bytes of the file in chunks, at the subscriber's demand, read on {@link Schedulers#boundedElastic()}.
     */
    Flux<ByteBuffer> content() {
        return Flux.<ByteBuffer, SeekableByteChannel>generate(
                        () -> Files.newByteChannel(file),
                        (channel, sink) -> {
                            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
                            if (read(channel, chunk) < 0) {
                                sink.complete();
                            } else {
                                sink.next(chunk.flip());
                            }
                            return channel;
                        },
                        InputPdf::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static int read(SeekableByteChannel channel, ByteBuffer chunk) {
        try {
            return channel.read(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(SeekableByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
