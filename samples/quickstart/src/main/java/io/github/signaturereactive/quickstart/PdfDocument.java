package io.github.signaturereactive.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
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
record PdfDocument(Path file, String title, long size, int pages) {

    private static final int CHUNK_SIZE = 16 * 1024;
    private static final int MAX_TITLE_LENGTH = 80;

    /** Copies the two sample documents from the class path to the directory, and opens the copies. */
    static List<PdfDocument> samples(Path directory) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                sample(directory.resolve("lease-contract.pdf"), "Lease contract"),
                sample(directory.resolve("house-rules.pdf"), "House rules"));
    }

    private static PdfDocument sample(Path file, String title) throws IOException {
        String resource = "/documents/" + file.getFileName();
        try (InputStream content = Objects.requireNonNull(PdfDocument.class.getResourceAsStream(resource), resource)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return open(file, title);
    }

    /**
     * Opens a PDF. Its title is the name of the file.
     *
     * @throws ArgumentException if the file cannot be read, is not a PDF, or is protected by a password
     */
    static PdfDocument open(Path file) {
        String name = file.getFileName().toString().replaceFirst("(?i)\\.pdf$", "");
        String title = name.isBlank() ? "Document" : name;
        return open(file, title.substring(0, Math.min(title.length(), MAX_TITLE_LENGTH)));
    }

    private static PdfDocument open(Path file, String title) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ArgumentException("cannot read " + file);
        }
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            if (document.isEncrypted()) {
                throw isProtected(file);
            }
            return new PdfDocument(file, title, Files.size(file), document.getNumberOfPages());
        } catch (InvalidPasswordException e) {
            throw isProtected(file);
        } catch (IOException e) {
            throw new ArgumentException(file + " is not a PDF (" + e.getMessage() + ")");
        }
    }

    private static ArgumentException isProtected(Path file) {
        return new ArgumentException(file + " is protected by a password, which the service does not accept");
    }

    /** Returns the bytes of the file in chunks, read on {@link Schedulers#boundedElastic()} as they are requested. */
    Flux<ByteBuffer> content() {
        return Flux.<ByteBuffer, InputStream>generate(
                        () -> Files.newInputStream(file),
                        (in, sink) -> {
                            try {
                                byte[] chunk = in.readNBytes(CHUNK_SIZE);
                                if (chunk.length == 0) {
                                    sink.complete();
                                } else {
                                    sink.next(ByteBuffer.wrap(chunk));
                                }
                            } catch (IOException e) {
                                sink.error(e);
                            }
                            return in;
                        },
                        PdfDocument::close)
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
