package io.github.signaturereactive.asice;

import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The signed bundle of a job (ASiC-E): its documents, then {@code manifest.xml}, then {@code META-INF/signatures.xml}, which
 * covers all of them. It is written in one pass while it is read; only digests are kept.
 */
public final class Bundle {

    private static final String MANIFEST = "manifest.xml";
    private static final String SIGNATURES = "META-INF/signatures.xml";

    private final Documents documents;
    private final List<String> fileNames;
    private final Function<List<String>, byte[]> manifest;
    private final XAdES xAdES;
    private final Clock clock;
    private final Scheduler work;
    private final Scheduler blocking;

    /**
     * Describes a bundle; nothing is read or signed yet.
     *
     * @param documents the documents
     * @param manifest writes the manifest, given the names of the documents in the bundle, in the same order
     * @param certificate signs the bundle
     * @param clock the clock of the signing time, which must be within seconds of the service's
     * @param work the scheduler for compressing and digesting
     * @param blocking the scheduler for the private key
     */
    public Bundle(
            Documents documents,
            Function<List<String>, byte[]> manifest,
            OrganizationCertificate certificate,
            Clock clock,
            Scheduler work,
            Scheduler blocking) {
        this.documents = documents;
        this.fileNames = FileNames.of(documents.list());
        this.manifest = manifest;
        this.xAdES = new XAdES(certificate, clock);
        this.clock = clock;
        this.work = work;
        this.blocking = blocking;
    }

    /**
     * Returns the bytes of the bundle in buffers of about 16 KiB, which the subscriber releases. Each subscription reads the
     * documents and signs again.
     *
     * <p>Documents are read one after the other, no faster than the bundle is requested; {@value Content#PREFETCH} buffers of a
     * publisher are prefetched. No work is done on the thread that subscribes, requests, cancels, or publishes a document.
     * Cancelling cancels the publisher or closes the file being read.
     *
     * <p>Emits the error of a document's publisher unchanged, an {@link java.io.UncheckedIOException} that names the document if a
     * file cannot be read, a {@link io.github.signaturereactive.job.JobTooLargeException}, an {@link IllegalStateException} if the
     * bundle reaches 4 GiB, and a {@link io.github.signaturereactive.job.PrivateKeyException} if the key fails.
     *
     * @param allocator allocates the buffers
     */
    public Flux<ByteBuf> content(ByteBufAllocator allocator) {
        return Flux.defer(() -> write(allocator))
                .subscribeOn(work)
                .cancelOn(work)
                // No operator queues a buffer, but one that is cancelled while it creates a buffer discards that.
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    private Flux<ByteBuf> write(ByteBufAllocator allocator) {
        var zip = new Zip(clock, allocator);
        var references = new ArrayList<Reference>();
        List<Flux<ByteBuffer>> contents = documents.contents();
        return Flux.concat(
                Flux.range(0, contents.size()).concatMap(i -> document(i, contents.get(i), zip, references), 0),
                generated(() -> manifest.apply(fileNames))
                        .transform(bytes -> referenced(MANIFEST, "application/xml", bytes, zip, references)),
                zip.entry(SIGNATURES, signature(references)),
                Mono.fromSupplier(zip::directory));
    }

    private Flux<ByteBuf> document(int index, Flux<ByteBuffer> bytes, Zip zip, List<Reference> references) {
        String mediaType = documents.list().get(index).type().mediaType();
        return referenced(fileNames.get(index), mediaType, bytes, zip, references);
    }

    /** Writes an entry whose digest the signature covers. */
    private static Flux<ByteBuf> referenced(
            String name, String mediaType, Flux<ByteBuffer> bytes, Zip zip, List<Reference> references) {
        return Flux.defer(() -> {
            MessageDigest digest = sha256();
            return zip.entry(name, bytes.doOnNext(chunk -> digest.update(chunk.duplicate())))
                    .doOnComplete(() -> references.add(new Reference(name, mediaType, base64(digest))));
        });
    }

    /** A key may take any time, and then the bundle is continued where all other work is done. */
    private Flux<ByteBuffer> signature(List<Reference> references) {
        return Mono.fromCallable(() -> xAdES.sign(references))
                .subscribeOn(blocking)
                .publishOn(work)
                .map(ByteBuffer::wrap)
                .flux();
    }

    private static Flux<ByteBuffer> generated(Supplier<byte[]> bytes) {
        return Mono.fromSupplier(bytes).map(ByteBuffer::wrap).flux();
    }

    private static String base64(MessageDigest digest) {
        return Base64.getEncoder().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256, which every JVM must have", e);
        }
    }
}
