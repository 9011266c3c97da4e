package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
import io.github.signaturereactive.job.DocumentContent;
import io.github.signaturereactive.job.PreconditionException;
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

/** The documents of a job, with a limit for the sum of their sizes. */
public final class Documents {

    private final List<? extends Document> documents;
    private final long limit;
    private final Scheduler work;
    private final Scheduler blocking;

    /**
     * Creates the documents of a job. Nothing is read yet.
     *
     * @param documents the documents, in the order of their entries in the bundle
     * @param limit the maximum sum of the documents' sizes in bytes
     * @param work the scheduler for reading files
     * @param blocking the scheduler for subscribing to the publishers of documents
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
     * Checks the documents before they are read. Files must exist and be regular files. The sum of the sizes of byte arrays and files
     * must not exceed the limit. Documents from publishers are not checked, because their sizes are unknown.
     *
     * @return a Mono that completes if the documents pass the check. It errors with {@link PreconditionException} or, naming the file,
     *     with {@link UncheckedIOException}. It emits on {@code work} if one of the documents is a file, otherwise on the subscribing
     *     thread
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
                throw tooLarge(name(i) + (content instanceof DocumentContent.File file ? ", " + file.path() + "," : "")
                        + " has " + size + " bytes"
                        + (sum == size ? "" : ", " + sum + " in total with the documents before it"));
            }
        }
    }

    private PreconditionException tooLarge(String documents) {
        return new PreconditionException(
                PreconditionException.Reason.JOB_TOO_LARGE,
                documents + ", but the documents of a job must have at most " + limit + " bytes in total."
                        + " Send fewer or smaller documents, or raise maxJobSize if the service accepts more.");
    }

    private static long size(Path file, String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new IOException("it is " + (attributes.isDirectory() ? "a directory" : "not a regular file")
                        + ". Use a publisher for content that is not in a regular file");
            }
            return attributes.size();
        } catch (IOException e) {
            throw unreadable(name, file, e);
        }
    }

    /**
     * Returns the chunks of each document. A chunk is only valid during the {@code onNext} call that emits it. The sizes are added up
     * while reading, so read the documents one after the other and only once.
     */
    List<Flux<ByteBuffer>> contents() {
        var sum = new AtomicLong();
        return IntStream.range(0, documents.size())
                .mapToObj(i -> content(i).doOnNext(chunk -> {
                    if (sum.addAndGet(chunk.remaining()) > limit) {
                        throw tooLarge(name(i) + " makes the documents larger than " + limit + " bytes");
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
