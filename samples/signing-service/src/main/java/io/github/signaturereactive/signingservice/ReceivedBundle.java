package io.github.signaturereactive.signingservice;

import java.nio.file.Path;
import java.util.List;

/**
 * What arrived with a create request, after it was found right. Small XML is kept in memory; the documents stay in a
 * temporary file, of which names, sizes and digests are known.
 */
public final class ReceivedBundle {

    private final byte[] requestXml;
    private final byte[] manifestXml;
    private final byte[] signaturesXml;
    private final List<BundleEntry> entries;
    private final Path file;

    ReceivedBundle(byte[] requestXml, byte[] manifestXml, byte[] signaturesXml, List<BundleEntry> entries, Path file) {
        this.requestXml = requestXml;
        this.manifestXml = manifestXml;
        this.signaturesXml = signaturesXml;
        this.entries = List.copyOf(entries);
        this.file = file;
    }

    /** The job request, the XML part of the create request. */
    public byte[] requestXml() {
        return requestXml.clone();
    }

    /** The bundle's {@code manifest.xml}. */
    public byte[] manifestXml() {
        return manifestXml.clone();
    }

    /** The bundle's {@code META-INF/signatures.xml}. */
    public byte[] signaturesXml() {
        return signaturesXml.clone();
    }

    /** All entries in the order of the zip's directory. */
    public List<BundleEntry> entries() {
        return entries;
    }

    /** The bundle as received, byte for byte; it is deleted when the service is closed. */
    public Path file() {
        return file;
    }

    BundleEntry entry(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No entry " + name));
    }
}
