package io.github.signaturereactive.signingservice.signature;

import io.github.signaturereactive.schemas.SchemaViolationException;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Verifies a received ASiC-E bundle. It must have the right entries, a manifest that names them, and one signature that
 * covers all of them. Each entry is read once, as a stream.
 */
public final class BundleVerification {

    static final String MANIFEST = "manifest.xml";
    static final String SIGNATURES = "META-INF/signatures.xml";

    private static final Pattern META_INF = Pattern.compile("META-INF/.*");
    private static final Pattern PDF_HEADER = Pattern.compile("%PDF-1\\.[1-7]");
    private static final int PDF_HEADER_WITHIN = 1024;
    private static final int LARGEST_XML = 1024 * 1024;

    private final BundleSignature.Terms terms;
    private final long documentLimit;

    /** Creates a verification with these terms and this limit of all documents in bytes. */
    public BundleVerification(BundleSignature.Terms terms, long documentLimit) {
        this.terms = terms;
        this.documentLimit = documentLimit;
    }

    /** A bundle that passed verification. */
    public record Verified(Manifest manifest, ReceivedBundle bundle) {}

    /** Verifies a bundle. Refuses the request if the bundle is invalid. */
    public Verified verify(byte[] requestXml, Path file, String manifestRoot) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            List<String> names = names(zip);
            checkNames(names);
            byte[] manifestXml = read(zip, MANIFEST);
            Manifest manifest = manifest(manifestXml, manifestRoot);
            checkDocuments(zip, manifest, names);
            byte[] signaturesXml = read(zip, SIGNATURES);
            Map<String, BundleEntry> entries = signature(signaturesXml).verify(zip, names);
            return new Verified(
                    manifest,
                    new ReceivedBundle(
                            requestXml,
                            manifestXml,
                            signaturesXml,
                            names.stream()
                                    .map(name -> name.equals(SIGNATURES)
                                            ? new BundleEntry(name, signaturesXml.length, Sha256.hex(signaturesXml))
                                            : entries.get(name))
                                    .toList(),
                            file));
        } catch (ZipException e) {
            throw ApiException.invalidBundle("The bundle is not a readable zip file: " + e.getMessage());
        }
    }

    private static List<String> names(ZipFile zip) {
        List<String> names = new ArrayList<>();
        zip.stream().map(ZipEntry::getName).forEach(names::add);
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            if (!seen.add(name)) {
                throw ApiException.invalidBundle("The entry " + name + " is there twice");
            }
        });
        return names;
    }

    private static void checkNames(List<String> names) {
        if (names.contains("mimetype")) {
            throw ApiException.invalidBundle("There must be no entry mimetype");
        }
        if (!names.contains(MANIFEST)) {
            throw ApiException.invalidBundle("There is no " + MANIFEST);
        }
        if (!names.contains(SIGNATURES)) {
            throw ApiException.invalidBundle("There is no " + SIGNATURES);
        }
        names.stream()
                .filter(BundleVerification::isMetaInf)
                .filter(name -> !name.equals(SIGNATURES))
                .findFirst()
                .ifPresent(other -> {
                    throw ApiException.invalidBundle(
                            "There must be nothing in META-INF but " + SIGNATURES + ", found " + other);
                });
    }

    private static Manifest manifest(byte[] xml, String root) {
        try {
            Element element = Schemas.MESSAGES.validate(xml).getDocumentElement();
            if (!root.equals(element.getLocalName())) {
                throw ApiException.invalidXml(MANIFEST + " is a " + element.getLocalName() + ", not a " + root);
            }
            return Manifest.read(element);
        } catch (SchemaViolationException e) {
            throw ApiException.invalidXml(MANIFEST + ": " + e.getMessage());
        }
    }

    private void checkDocuments(ZipFile zip, Manifest manifest, List<String> names) throws IOException {
        Set<String> documents = names.stream()
                .filter(name -> !isMetaInf(name) && !name.equals(MANIFEST))
                .collect(Collectors.toSet());
        Set<String> named = new HashSet<>();
        for (Manifest.Document document : manifest.documents()) {
            String entry = entryName(document.href(), documents);
            if (entry == null) {
                throw ApiException.invalidBundle(
                        "The manifest names " + document.href() + ", which is not in the bundle");
            }
            if (!named.add(entry)) {
                throw ApiException.invalidBundle("The manifest names " + document.href() + " twice");
            }
        }
        documents.removeAll(named);
        if (!documents.isEmpty()) {
            throw ApiException.invalidBundle("The manifest does not name " + documents);
        }
        long total =
                named.stream().map(zip::getEntry).mapToLong(ZipEntry::getSize).sum();
        if (total > documentLimit) {
            throw ApiException.invalidBundle(
                    "The documents are " + total + " bytes in all; the limit is " + documentLimit + " bytes");
        }
        for (Manifest.Document document : manifest.documents()) {
            checkPdf(zip, document, Objects.requireNonNull(entryName(document.href(), named)));
        }
    }

    private static void checkPdf(ZipFile zip, Manifest.Document document, String entry) throws IOException {
        if (!document.mime().equals("application/pdf")) {
            return;
        }
        try (InputStream in = zip.getInputStream(zip.getEntry(entry))) {
            String start = new String(in.readNBytes(PDF_HEADER_WITHIN), StandardCharsets.ISO_8859_1);
            if (!PDF_HEADER.matcher(start).find()) {
                throw ApiException.invalidBundle(
                        "The document " + document.href() + " is not a PDF of version 1.1 to 1.7");
            }
        }
    }

    private BundleSignature signature(byte[] xml) {
        try {
            return new BundleSignature(Schemas.SIGNATURES.validate(xml), terms);
        } catch (SchemaViolationException e) {
            throw ApiException.invalidBundle(SIGNATURES + ": " + e.getMessage());
        }
    }

    private static byte[] read(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            byte[] bytes = in.readNBytes(LARGEST_XML + 1);
            if (bytes.length > LARGEST_XML) {
                throw ApiException.invalidBundle(name + " is larger than " + LARGEST_XML + " bytes");
            }
            return bytes;
        }
    }

    static boolean isMetaInf(String name) {
        return META_INF.matcher(name).matches();
    }

    /**
     * Returns the name of the entry that a reference points to, or null if there is none. The reference is the name
     * itself or the URL-encoded name.
     */
    static @Nullable String entryName(String reference, Set<String> names) {
        if (names.contains(reference)) {
            return reference;
        }
        try {
            String decoded = URLDecoder.decode(reference, StandardCharsets.UTF_8);
            return names.contains(decoded) ? decoded : null;
        } catch (IllegalArgumentException notEncoded) {
            return null;
        }
    }
}
