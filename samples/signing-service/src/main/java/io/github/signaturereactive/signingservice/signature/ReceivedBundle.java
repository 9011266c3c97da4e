package io.github.signaturereactive.signingservice.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.Body;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * The content of a valid create request. Small XML is kept in memory. The documents stay in a temporary file, and their
 * names, sizes and digests are kept in memory.
 */
public final class ReceivedBundle {

    private static final int CHUNK = 16 * 1024;

    private final byte[] requestXml;
    private final byte[] manifestXml;
    private final byte[] signaturesXml;
    private final List<BundleEntry> entries;
    private final Path file;

    /** Creates a bundle whose entries are in the file. */
    public ReceivedBundle(
            byte[] requestXml, byte[] manifestXml, byte[] signaturesXml, List<BundleEntry> entries, Path file) {
        this.requestXml = requestXml;
        this.manifestXml = manifestXml;
        this.signaturesXml = signaturesXml;
        this.entries = List.copyOf(entries);
        this.file = file;
    }

    /** Returns the job request, the XML part of the create request. */
    public byte[] requestXml() {
        return requestXml.clone();
    }

    /** Returns the bundle's {@code manifest.xml}. */
    public byte[] manifestXml() {
        return manifestXml.clone();
    }

    /** Returns the bundle's {@code META-INF/signatures.xml}. */
    public byte[] signaturesXml() {
        return signaturesXml.clone();
    }

    /** Returns all entries in the order of the zip's directory. */
    public List<BundleEntry> entries() {
        return entries;
    }

    /** Returns the file with the bundle as received, byte for byte. The file is deleted when the service is closed. */
    public Path file() {
        return file;
    }

    /** Returns the entry of a document of the manifest. */
    public BundleEntry entry(Manifest.Document document) {
        Set<String> names = entries.stream().map(BundleEntry::name).collect(Collectors.toSet());
        String name = BundleVerification.entryName(document.href(), names);
        if (name == null) {
            throw new IllegalStateException("Not in the verified bundle: " + document.href());
        }
        return entry(name);
    }

    /** Returns the bytes of a document of the manifest. They are inflated while they are sent. */
    public Body document(Manifest.Document document) {
        BundleEntry entry = entry(document);
        Flux<ByteBuf> content = Flux.using(
                () -> new ZipFile(file.toFile(), UTF_8),
                zip -> Flux.using(
                        () -> zip.getInputStream(zip.getEntry(entry.name())),
                        in -> Flux.<ByteBuf>generate(sink -> {
                            try {
                                byte[] chunk = in.readNBytes(CHUNK);
                                if (chunk.length == 0) {
                                    sink.complete();
                                } else {
                                    sink.next(Unpooled.wrappedBuffer(chunk));
                                }
                            } catch (IOException e) {
                                sink.error(e);
                            }
                        }),
                        ReceivedBundle::close),
                ReceivedBundle::close);
        return new Body(entry.size(), content.subscribeOn(Schedulers.boundedElastic()));
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the entry of this name. */
    public BundleEntry entry(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No entry " + name));
    }
}
