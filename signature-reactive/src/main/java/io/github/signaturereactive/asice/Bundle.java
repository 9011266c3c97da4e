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
 * The document bundle of a job: an ASiC-E container (ETSI EN 319 162-1) with a XAdES baseline signature.
 *
 * <p>The container is a zip file. Its entries are the documents, {@code manifest.xml} and {@code META-INF/signatures.xml}, in this
 * order. The signature covers the documents and the manifest. There is no {@code mimetype} entry and no ASiC manifest, because the
 * service does not accept them.
 *
 * <p>The bundle is written in one pass while it is read. Only the digests of the entries are kept in memory.
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
     * Creates a bundle. Documents are read and signed when {@link #content} is subscribed to.
     *
     * @param documents the documents of the job
     * @param manifest creates {@code manifest.xml} from the names of the documents' entries, which are in the order of the documents
     * @param certificate the certificate whose private key signs the bundle
     * @param clock the clock for {@code SigningTime} and for the times of the zip entries. The service permits a difference of 5
     *     seconds from its own clock
     * @param work the scheduler for reading files, compressing and digesting
     * @param blocking the scheduler for the private key, which may block
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
     * Returns the bytes of the bundle in buffers of about 16 KiB. Each subscription reads the documents and signs again.
     *
     * <p>Documents are read one after the other and with back-pressure. {@value Content#PREFETCH} buffers of a document's publisher
     * are prefetched. Signals are emitted on {@code work}. Cancelling cancels the publisher, or closes the file, that is being read.
     *
     * <p>The errors are:
     *
     * <ul>
     *   <li>the error of a document's publisher, unchanged
     *   <li>{@link java.io.UncheckedIOException} if a file cannot be read; it names the document and the file
     *   <li>{@link io.github.signaturereactive.job.PreconditionException} if the documents exceed the size limit
     *   <li>{@link IllegalStateException} if the bundle, or one document, reaches 4 GiB
     *   <li>{@link io.github.signaturereactive.job.PrivateKeyException} if the private key fails to sign
     * </ul>
     *
     * @param allocator the allocator of the buffers
     * @return the bytes of the zip file. The subscriber must release the buffers
     */
    public Flux<ByteBuf> content(ByteBufAllocator allocator) {
        return Flux.defer(() -> write(allocator))
                .subscribeOn(work)
                .cancelOn(work)
                // An operator that is cancelled while it creates a buffer discards this buffer.
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

    /** Writes an entry that the signature covers. */
    private static Flux<ByteBuf> referenced(
            String name, String mediaType, Flux<ByteBuffer> bytes, Zip zip, List<Reference> references) {
        return Flux.defer(() -> {
            MessageDigest digest = sha256();
            return zip.entry(name, bytes.doOnNext(chunk -> digest.update(chunk.duplicate())))
                    .doOnComplete(() -> references.add(new Reference(name, mediaType, base64(digest))));
        });
    }

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
            throw new IllegalStateException("The Java runtime does not support SHA-256", e);
        }
    }
}
