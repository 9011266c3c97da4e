package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Saves signed documents: the XAdES of each signer when it is available, the PAdES when all have signed. A change
 * that is delivered twice is saved under the same names.
 */
final class SignedFiles {

    private final PortalClient portal;
    private final PortalJob job;
    private final Path directory;
    private final ConsoleOutput output;
    private final Map<Path, String> descriptions = Collections.synchronizedMap(new TreeMap<>());

    SignedFiles(PortalClient portal, PortalJob job, Path directory, ConsoleOutput output) {
        this.portal = portal;
        this.job = job;
        this.directory = directory;
        this.output = output;
    }

    /** Saves the documents that the change refers to, if they have not been saved. */
    Mono<Void> save(PortalJobStatusChanged change) {
        return Flux.fromIterable(change.signatures())
                .concatMap(signature -> saveXAdES(change, signature))
                .then(savePAdES(change));
    }

    /** Returns one line for each file, with name, size and content. */
    List<String> summary() {
        Collection<Path> files = List.copyOf(descriptions.keySet());
        int longest =
                files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
        return files.stream()
                .map(file -> String.format(
                        "%-" + longest + "s  %10s  %s", file, ConsoleOutput.size(sizeOf(file)), descriptions.get(file)))
                .toList();
    }

    private Mono<Void> saveXAdES(PortalJobStatusChanged change, PortalSignature signature) {
        @Nullable XAdESReference reference = signature.xAdESUrl();
        int signer = Signers.number(job, change.signatures(), signature);
        Path file = directory.resolve(change.signatureJobId() + "-signer-" + signer + ".xml");
        if (reference == null || descriptions.containsKey(file)) {
            return Mono.empty();
        }
        return portal.getXAdES(reference)
                .saveTo(file)
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(saved -> {
                    descriptions.put(saved, "XAdES, the signature of signer " + signer);
                    output.event("saved", saved.toString());
                })
                .then();
    }

    private Mono<Void> savePAdES(PortalJobStatusChanged change) {
        @Nullable PAdESReference reference = change.pAdESUrl();
        if (reference == null || !change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)) {
            return Mono.empty();
        }
        Path file = directory.resolve(change.signatureJobId() + "-signed.pdf");
        return saveWithProgress(portal.getPAdES(reference), file).doOnSuccess(saved -> {
            descriptions.put(file, "PAdES, " + describe(file));
            output.event("saved", file.toString());
        });
    }

    /**
     * Saves a document like {@link DocumentDownload#saveTo}, with a progress bar. The length is read from the
     * headers, and bytes are counted as they are written. Only the owner can read the temporary file, which is
     * renamed when it is complete.
     */
    private Mono<Void> saveWithProgress(DocumentDownload download, Path file) {
        return Mono.fromCallable(() -> Files.createTempFile(directory, file.getFileName() + "-", ".part"))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(part -> download.<Void>exchange((headers, bytes) -> Flux.using(
                                () -> output.progress("download", headers.contentLength()),
                                bar -> write(
                                        bytes.publishOn(Schedulers.boundedElastic()),
                                        part,
                                        buffer -> bar.advance(buffer.remaining())),
                                Progress::close))
                        .publishOn(Schedulers.boundedElastic())
                        .then(Mono.fromCallable(() -> Files.move(part, file, StandardCopyOption.REPLACE_EXISTING)))
                        .doOnError(failed -> delete(part))
                        .doOnCancel(() -> delete(part)))
                .then();
    }

    private static Mono<Void> write(Flux<ByteBuffer> bytes, Path file, Consumer<ByteBuffer> count) {
        return Mono.using(
                () -> FileChannel.open(file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                channel -> bytes.doOnNext(count)
                        .doOnNext(buffer -> writeFully(channel, buffer))
                        .then(),
                SignedFiles::close);
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path file) {
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            int signatures = document.getSignatureDictionaries().size();
            return document.getNumberOfPages() + " pages, " + signatures
                    + (signatures == 1 ? " signature" : " signatures");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
