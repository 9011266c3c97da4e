package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * One PDF of all the documents of a job: PDF documents page by page, text documents set in pages, and for what is neither,
 * although it was said to be, a page that says so. At the end a page about the job and its signatures.
 */
final class JobPdf {

    private JobPdf() {}

    static Path merge(Manifest manifest, ReceivedBundle bundle, List<Signatory> signatories, Path directory)
            throws IOException {
        List<Path> files = new ArrayList<>();
        try (ZipFile zip = new ZipFile(bundle.file().toFile(), UTF_8);
                PDDocument merged = new PDDocument(IOUtils.createTempFileOnlyStreamCache());
                PDDocument last = new PDDocument()) {
            List<PDDocument> open = new ArrayList<>();
            try {
                PDFMergerUtility merger = new PDFMergerUtility();
                for (Manifest.Document document : manifest.documents()) {
                    BundleEntry entry = entry(document, bundle);
                    PDDocument pdf = pdf(document, entry, extract(zip, entry, directory, files));
                    open.add(pdf);
                    merger.appendDocument(merged, pdf);
                }
                TextPages.on(last, 11).write(aboutTheSignatures(manifest, bundle, signatories));
                merger.appendDocument(merged, last);
                Path file = Files.createTempFile(directory, "merged-", ".pdf");
                merged.save(file.toFile());
                return file;
            } finally {
                for (PDDocument pdf : open) {
                    pdf.close();
                }
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static BundleEntry entry(Manifest.Document document, ReceivedBundle bundle) {
        Set<String> names =
                bundle.entries().stream().map(BundleEntry::name).collect(java.util.stream.Collectors.toSet());
        String name = BundleVerification.entryName(document.href(), names);
        if (name == null) {
            throw new IllegalStateException("Not in the verified bundle: " + document.href());
        }
        return bundle.entry(name);
    }

    private static Path extract(ZipFile zip, BundleEntry entry, Path directory, List<Path> files) throws IOException {
        Path file = Files.createTempFile(directory, "document-", "");
        files.add(file);
        try (InputStream in = zip.getInputStream(zip.getEntry(entry.name()))) {
            Files.copy(in, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static PDDocument pdf(Manifest.Document document, BundleEntry entry, Path file) throws IOException {
        if (document.mime().equals("text/plain")) {
            PDDocument pdf = new PDDocument();
            TextPages.on(pdf, 10)
                    .write(new String(Files.readAllBytes(file), UTF_8).lines().toList());
            return pdf;
        }
        try {
            return Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache());
        } catch (IOException notPdf) {
            PDDocument pdf = new PDDocument();
            TextPages.on(pdf, 11)
                    .write(List.of(
                            document.title(),
                            "",
                            "This document cannot be shown: it is not a PDF that can be read.",
                            entry.size() + " bytes, SHA-256 " + entry.sha256()));
            return pdf;
        }
    }

    private static List<String> aboutTheSignatures(
            Manifest manifest, ReceivedBundle bundle, List<Signatory> signatories) {
        List<String> lines = new ArrayList<>(List.of("Signatures", "", manifest.title(), ""));
        for (Manifest.Document document : manifest.documents()) {
            lines.add(document.title());
            lines.add("    SHA-256 " + entry(document, bundle).sha256());
        }
        lines.add("");
        for (Signatory signatory : signatories) {
            lines.add("Signed by " + signatory.name() + " at " + XmlMessage.dateTime(signatory.at()));
        }
        lines.add("");
        lines.add("Made by an embedded signing service: a signature of no legal effect.");
        return lines;
    }
}
