package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
import io.github.signaturereactive.job.DocumentContent;
import io.github.signaturereactive.job.JobTooLargeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The documents of a job, whose sum must not exceed a limit. */
public final class Documents {

    private final List<? extends Document> documents;
    private final long limit;
    private final Scheduler work;
    private final Scheduler blocking;

    /**
     * Creates the documents.
     *
     * @param documents the documents, in the order of their entries in the bundle
     * @param limit how many bytes all of them may have together
     * @param work the scheduler for reading files
     * @param blocking the scheduler for documents' publishers
     */
    public Documents(List<? extends Document> documents, long limit, Scheduler work, Scheduler blocking) {
        this.documents = List.copyOf(documents);
        this.limit = limit;
        this.work = work;
        this.blocking = blocking;
    }

    List<? extends Document> list() {
        return documents;
    }

    /**
     * Checks what can be known before the documents are read: that files exist and are regular ones, and the size of everything but
     * publishers.
     *
     * @return completes on a thread of {@code work} if there is a file; or {@link JobTooLargeException}; or
     *     {@link UncheckedIOException} that names the file
     */
    public Mono<Void> check() {
        Mono<Void> check = Mono.fromRunnable(this::checkSizes);
        return documents.stream().anyMatch(document -> document.content() instanceof DocumentContent.File)
                ? check.subscribeOn(work)
                : check;
    }

    private void checkSizes() {
        long sum = 0;
        for (int i = 0; i < documents.size(); i++) {
            DocumentContent content = documents.get(i).content();
            long size = 0;
            if (content instanceof DocumentContent.Bytes bytes) {
                size = bytes.buffer().remaining();
            } else if (content instanceof DocumentContent.File file) {
                size = size(file.path(), name(i));
            }
            sum += size;
            if (sum > limit) {
                throw new JobTooLargeException(
                        name(i) + (content instanceof DocumentContent.File file ? ", " + file.path() + "," : "")
                                + " has " + size + " bytes" + (sum == size ? "" : ", " + sum + " with those before it"),
                        limit);
            }
        }
    }

    private static long size(Path file, String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException("it is " + (attributes.isDirectory() ? "a directory" : "no regular file")
                        + "; give the bytes of anything but files as a publisher");
            }
            return attributes.size();
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    /**
     * Returns the bytes of each document, in chunks that must be used within the call that emits them. They are to be read one after
     * the other, once.
     */
    List<Flux<ByteBuffer>> contents() {
        var sum = new AtomicLong();
        return IntStream.range(0, documents.size())
                .mapToObj(i -> content(i).doOnNext(chunk -> {
                    if (sum.addAndGet(chunk.remaining()) > limit) {
                        throw new JobTooLargeException(
                                name(i) + " was read until the documents had more than " + limit + " bytes", limit);
                    }
                }))
                .toList();
    }

    private Flux<ByteBuffer> content(int index) {
        DocumentContent content = documents.get(index).content();
        Flux<ByteBuffer> bytes = Content.of(content, work, blocking);
        return content instanceof DocumentContent.File file
                ? bytes.onErrorMap(IOException.class, e -> unreadable(name(index), file.path(), e))
                : bytes;
    }

    private static UncheckedIOException unreadable(String name, Path file, IOException cause) {
        return new UncheckedIOException(name + ", " + file + ", cannot be read: " + cause.getMessage(), cause);
    }

    private String name(int index) {
        return "Document " + (index + 1) + " of " + documents.size();
    }
}
