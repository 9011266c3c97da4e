package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.DocumentDownload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NoSuchElementException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The signed documents, one file for each job, in a directory. They are streamed from the service to the file, and
 * from the file to the browser, and never held in memory.
 */
@Component
final class SignedDocuments implements DisposableBean {

    private static final int BUFFER = 16 * 1024;

    private final Path directory;
    private final boolean temporary;

    SignedDocuments(SampleProperties properties) throws IOException {
        this.temporary = properties.documents() == null;
        this.directory = properties.documents() == null
                ? Files.createTempDirectory("signed-documents-")
                : Files.createDirectories(properties.documents());
    }

    /**
     * Saves the document of a job, replacing an earlier one. Emits the name of the complete file.
     *
     * @param job the id of the job, which is safe as a file name
     */
    Mono<String> save(String job, DocumentDownload document) {
        String file = job + ".pdf";
        return document.saveTo(directory.resolve(file)).thenReturn(file);
    }

    /** Emits the size of a saved file in bytes. Signals {@link NoSuchElementException} if the file does not exist. */
    Mono<Long> size(String file) {
        return Mono.fromCallable(() -> Files.size(directory.resolve(file)))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(NoSuchFileException.class, e -> new NoSuchElementException("The file has been removed"));
    }

    /** Emits the bytes of a saved file, at the subscriber's demand. */
    Flux<DataBuffer> content(String file, DataBufferFactory buffers) {
        return DataBufferUtils.read(directory.resolve(file), buffers, BUFFER, StandardOpenOption.READ)
                .subscribeOn(Schedulers.boundedElastic());
    }

    /** Deletes a temporary directory. */
    @Override
    public void destroy() throws IOException {
        if (temporary) {
            FileSystemUtils.deleteRecursively(directory);
        }
    }
}
