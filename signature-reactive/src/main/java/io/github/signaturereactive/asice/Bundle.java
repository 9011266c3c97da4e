package io.github.signaturereactive.asice;

import io.github.signaturereactive.job.Document;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The signed bundle of a job: its documents, then {@code manifest.xml}, then {@code META-INF/signatures.xml}, which
 * covers all of them. It is made in one pass while it is read; nothing is kept but digests.
 */
public final class Bundle {

    private static final String MANIFEST = "manifest.xml";
    private static final String SIGNATURES = "META-INF/signatures.xml";

    private final List<? extends Document> documents;
    private final List<String> fileNames;
    private final Function<List<String>, byte[]> manifest;
    private final XAdES xAdES;
    private final Clock clock;

    /**
     * Describes a bundle; nothing is read or signed yet.
     *
     * @param documents the documents, in the order in which they go in
     * @param manifest writes the manifest, given the names of the documents in the bundle, in the same order
     * @param key the RSA key that signs
     * @param chain the certificate of that key, then those that issued it
     * @param clock tells the time of signing, which the service wants to be right within seconds
     */
    public Bundle(
            List<? extends Document> documents,
            Function<List<String>, byte[]> manifest,
            PrivateKey key,
            List<X509Certificate> chain,
            Clock clock) {
        this.documents = List.copyOf(documents);
        this.fileNames = FileNames.of(documents);
        this.manifest = manifest;
        this.xAdES = new XAdES(key, chain, clock);
        this.clock = clock;
    }

    /**
     * The bytes of the bundle, in buffers of some 16 KiB, which the subscriber releases. Every subscription reads the
     * documents, and signs, anew.
     *
     * <p>Documents are read one after the other and no faster than the bundle is: of a publisher, {@value
     * Content#PREFETCH} buffers are asked for ahead. All work is done on {@link Schedulers#boundedElastic()}, whatever
     * thread subscribes, requests, cancels, or publishes a document. Cancelling cancels the publisher or closes the file
     * being read.
     *
     * <p>Emits the error of a document's publisher as it is; an {@link java.io.UncheckedIOException} that names the
     * document if a file cannot be read; an {@link IllegalStateException} if the bundle grows to 4 GiB or cannot be
     * signed.
     */
    public Flux<ByteBuf> content() {
        // None of these operators queues a ByteBuf: each goes down in the call that made it, or is released there.
        Scheduler scheduler = Schedulers.boundedElastic();
        return Flux.defer(this::write).subscribeOn(scheduler).cancelOn(scheduler);
    }

    private Flux<ByteBuf> write() {
        var zip = new Zip(clock);
        var references = new ArrayList<Reference>();
        return Flux.concat(
                Flux.range(0, documents.size()).concatMap(i -> document(i, zip, references), 0),
                generated(() -> manifest.apply(fileNames))
                        .transform(bytes -> referenced(MANIFEST, "application/xml", bytes, zip, references)),
                zip.entry(SIGNATURES, generated(() -> xAdES.sign(references))),
                Mono.fromSupplier(zip::directory));
    }

    private Flux<ByteBuf> document(int index, Zip zip, List<Reference> references) {
        Document document = documents.get(index);
        Flux<ByteBuffer> bytes = Content.of(document, "Document " + (index + 1) + " of " + documents.size());
        return referenced(fileNames.get(index), document.type().mediaType(), bytes, zip, references);
    }

    /** An entry that the signature refers to, by its digest. */
    private static Flux<ByteBuf> referenced(
            String name, String mediaType, Flux<ByteBuffer> bytes, Zip zip, List<Reference> references) {
        return Flux.defer(() -> {
            MessageDigest digest = sha256();
            return zip.entry(name, bytes.doOnNext(chunk -> digest.update(chunk.duplicate())))
                    .doOnComplete(() -> references.add(new Reference(name, mediaType, base64(digest))));
        });
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
