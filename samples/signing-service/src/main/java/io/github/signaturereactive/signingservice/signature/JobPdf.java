package io.github.signaturereactive.signingservice.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A PDF of all documents of a job. PDF documents are copied page by page, and text documents are laid out on pages. A
 * document that cannot be read as a PDF is replaced by a page that says so. The last page describes the job and its
 * signatures.
 */
final class JobPdf implements AutoCloseable {

    private final Manifest manifest;
    private final ReceivedBundle bundle;
    private final Path directory;
    private final ZipFile zip;
    private final List<PDDocument> parts = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();

    private JobPdf(Manifest manifest, ReceivedBundle bundle, Path directory) throws IOException {
        this.manifest = manifest;
        this.bundle = bundle;
        this.directory = directory;
        this.zip = new ZipFile(bundle.file().toFile(), UTF_8);
    }

    /** Writes the PDF to a new file in the directory. */
    static Path merge(Manifest manifest, ReceivedBundle bundle, List<SignerSignature> signatures, Path directory)
            throws IOException {
        try (JobPdf pdf = new JobPdf(manifest, bundle, directory)) {
            return pdf.merge(signatures);
        }
    }

    private Path merge(List<SignerSignature> signatures) throws IOException {
        for (Manifest.Document document : manifest.documents()) {
            parts.add(part(document));
        }
        parts.add(Loader.loadPDF(TextPages.pdf(aboutTheSignatures(signatures), 11)));
        try (PDDocument merged = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
            PDFMergerUtility merger = new PDFMergerUtility();
            for (PDDocument part : parts) {
                merger.appendDocument(merged, part);
            }
            Path file = Files.createTempFile(directory, "merged-", ".pdf");
            merged.save(file.toFile());
            return file;
        }
    }

    private PDDocument part(Manifest.Document document) throws IOException {
        BundleEntry entry = bundle.entry(document);
        Path file = extract(entry);
        if (document.mime().equals("text/plain")) {
            List<String> lines =
                    new String(Files.readAllBytes(file), UTF_8).lines().toList();
            return Loader.loadPDF(TextPages.pdf(lines, 10));
        }
        try {
            return Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache());
        } catch (IOException notPdf) {
            List<String> explanation = List.of(
                    document.title(),
                    "",
                    "This document cannot be shown: the PDF cannot be read.",
                    entry.size() + " bytes, SHA-256 " + entry.sha256());
            return Loader.loadPDF(TextPages.pdf(explanation, 11));
        }
    }

    private Path extract(BundleEntry entry) throws IOException {
        Path file = Files.createTempFile(directory, "document-", "");
        files.add(file);
        try (InputStream in = zip.getInputStream(zip.getEntry(entry.name()))) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private List<String> aboutTheSignatures(List<SignerSignature> signatures) {
        List<String> lines = new ArrayList<>(List.of("Signatures", "", manifest.title(), ""));
        for (Manifest.Document document : manifest.documents()) {
            lines.add(document.title());
            lines.add("    SHA-256 " + bundle.entry(document).sha256());
        }
        lines.add("");
        for (SignerSignature signature : signatures) {
            lines.add("Signed by " + signature.name() + " at " + XmlMessage.dateTime(signature.at()));
        }
        lines.add("");
        lines.add("Made by a test service. The signatures have no legal effect.");
        return lines;
    }

    @Override
    public void close() throws IOException {
        for (PDDocument part : parts) {
            part.close();
        }
        zip.close();
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
