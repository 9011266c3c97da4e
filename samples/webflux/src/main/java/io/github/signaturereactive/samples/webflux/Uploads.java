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

/** Uploaded documents, in a directory of their own for as long as they are needed. None is held in memory. */
@Component
final class Uploads {

    /** What the service takes in one job. */
    static final long MOST_BYTES = 10_485_760;

    /** Says how much is too much. */
    static final String TOO_LARGE =
            "The documents are too large: together they may have " + MOST_BYTES / 1024 / 1024 + " MB.";

    /** Files of a form are on disk while it is read; see {@code spring.webflux.multipart} in {@code application.yaml}. */
    private static final long LARGEST_FORM = 100 << 20;

    private static final int MOST_DOCUMENTS = 20;
    private static final int LONGEST_TITLE = 80;

    /** Where in a file readers look for the mark of a PDF. */
    private static final int HEADER = 1024;

    /**
     * A document that has been uploaded.
     *
     * @param name the name that the file had
     * @param file the file
     * @param bytes how large it is
     * @param pdf whether it begins as a PDF does
     */
    record Saved(String name, Path file, long bytes, boolean pdf) {

        /** The name as a title: without path and extension, and not too long. */
        String title() {
            String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
            String title = last.replaceFirst("(?i)\\.pdf$", "")
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return title.isEmpty() ? "Document" : title.substring(0, Math.min(title.length(), LONGEST_TITLE));
        }
    }

    /** What is wrong with the documents; empty if nothing is. */
    static Optional<String> problem(List<Saved> documents) {
        if (documents.isEmpty()) {
            return Optional.of("Choose at least one PDF.");
        }
        if (documents.size() > MOST_DOCUMENTS) {
            return Optional.of("Choose at most " + MOST_DOCUMENTS + " documents.");
        }
        if (documents.stream().mapToLong(Saved::bytes).sum() > MOST_BYTES) {
            return Optional.of(TOO_LARGE);
        }
        return documents.stream()
                .filter(document -> !document.pdf())
                .findFirst()
                .map(document -> "“" + document.title() + "” is not a PDF.");
    }

    /**
     * Whether a form is read. One with too large documents is, so that it comes back with what was typed into it; browsers
     * tell the length, and without the script they may send anything.
     */
    static boolean isRead(ServerWebExchange exchange) {
        long length = exchange.getRequest().getHeaders().getContentLength();
        return length >= 0 && length <= LARGEST_FORM;
    }

    /** Saves the files, has them used, and deletes them, whatever has become of their use. */
    <T> Mono<T> saved(List<FilePart> parts, Function<List<Saved>, Mono<T>> use) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> Files.createTempDirectory("upload-")).subscribeOn(Schedulers.boundedElastic()),
                directory -> Flux.fromIterable(parts)
                        .index()
                        .concatMap(part -> save(part.getT2(), directory.resolve(part.getT1() + ".pdf")))
                        .collectList()
                        .flatMap(use),
                Uploads::delete);
    }

    private static Mono<Saved> save(FilePart part, Path file) {
        return part.transferTo(file)
                .subscribeOn(Schedulers.boundedElastic())
                .then(Mono.fromCallable(() -> new Saved(part.filename(), file, Files.size(file), isPdf(file)))
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
