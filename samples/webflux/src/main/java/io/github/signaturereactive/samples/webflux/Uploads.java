package io.github.signaturereactive.samples.webflux;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Stores uploaded documents in a temporary directory while they are needed. None is held in memory. */
@Component
final class Uploads {

    /** The maximum size of the documents of one job, in bytes. */
    static final long MAX_BYTES = 10_485_760;

    /** The error message for documents that are too large. */
    static final String TOO_LARGE =
            "The documents are too large: together they may have " + MAX_BYTES / 1024 / 1024 + " MB.";

    /**
     * The maximum size of a form in bytes. Files of a form are on disk while it is read, see {@code
     * spring.webflux.multipart} in {@code application.yaml}.
     */
    private static final long MAX_FORM_SIZE = 100 << 20;

    private static final int MAX_DOCUMENTS = 20;
    private static final int MAX_TITLE_LENGTH = 80;

    /** The number of bytes at the start of a file in which PDF readers search for the header. */
    private static final int HEADER = 1024;

    /**
     * A document that has been uploaded.
     *
     * @param name the file name from the browser
     * @param file the file
     * @param bytes the size in bytes
     * @param pdf whether it has the header of a PDF
     */
    record SavedUpload(String name, Path file, long bytes, boolean pdf) {

        /** Returns the name without path and extension, shortened if necessary, as a title. */
        String title() {
            String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            String title = last.replaceFirst("(?i)\\.pdf$", "")
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return title.isEmpty() ? "Document" : title.substring(0, Math.min(title.length(), MAX_TITLE_LENGTH));
        }
    }

    /** Returns the first error in the documents; empty if they are valid. */
    static Optional<String> problem(List<SavedUpload> documents) {
        if (documents.isEmpty()) {
            return Optional.of("Choose at least one PDF.");
        }
        if (documents.size() > MAX_DOCUMENTS) {
            return Optional.of("Choose at most " + MAX_DOCUMENTS + " documents.");
        }
        if (documents.stream().mapToLong(SavedUpload::bytes).sum() > MAX_BYTES) {
            return Optional.of(TOO_LARGE);
        }
        return documents.stream()
                .filter(document -> !document.pdf())
                .findFirst()
                .map(document -> "“" + document.title() + "” is not a PDF.");
    }

    /**
     * Returns whether the form is read: only if its length is known and at most {@link #MAX_FORM_SIZE}. That is larger
     * than the documents may be, so that a form with too large documents is shown again with its input. Browsers send
     * the length, and they may send any size if the script is disabled.
     */
    static boolean isRead(ServerWebExchange exchange) {
        long length = exchange.getRequest().getHeaders().getContentLength();
        return length >= 0 && length <= MAX_FORM_SIZE;
    }

    /** Saves the files, calls the function, and deletes them when it terminates or is cancelled. */
    <T> Mono<T> saved(List<FilePart> parts, Function<List<SavedUpload>, Mono<T>> use) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> Files.createTempDirectory("upload-")).subscribeOn(Schedulers.boundedElastic()),
                directory -> Flux.fromIterable(parts)
                        .index()
                        .concatMap(part -> save(part.getT2(), directory.resolve(part.getT1() + ".pdf")))
                        .collectList()
                        .flatMap(use),
                Uploads::delete);
    }

    private static Mono<SavedUpload> save(FilePart part, Path file) {
        return part.transferTo(file)
                .subscribeOn(Schedulers.boundedElastic())
                .then(Mono.fromCallable(() -> new SavedUpload(part.filename(), file, Files.size(file), isPdf(file)))
                        .subscribeOn(Schedulers.boundedElastic()));
    }

    private static boolean isPdf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER), ISO_8859_1).contains("%PDF-");
        }
    }

    private static Mono<Void> delete(Path directory) {
        return Mono.<Void>fromCallable(() -> {
                    FileSystemUtils.deleteRecursively(directory);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
