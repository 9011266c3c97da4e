package io.github.signaturereactive.signingservice.signature;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.ExternalSigningSupport;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureOptions;

/**
 * Creates a PAdES. All documents of the job are merged into one PDF with a page about the signatures at the end. Then
 * each signer adds a PAdES signature over everything before it.
 */
public final class SignedPdf {

    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    /** The space for a signature with its certificates and attributes, in bytes. */
    private static final int SIGNATURE_SIZE = 12 * 1024;

    private SignedPdf() {}

    /** Writes the PAdES to a new file in the directory. Reads and computes, so do not call it on an event loop. */
    public static Path make(
            Manifest manifest, ReceivedBundle bundle, List<SignerSignature> signatures, Path directory) {
        Path unsigned = null;
        try {
            unsigned = JobPdf.merge(manifest, bundle, signatures, directory);
            Path current = unsigned;
            for (SignerSignature signature : signatures) {
                Path signed = Files.createTempFile(directory, "pades-", ".pdf");
                sign(current, signature, signed);
                Files.delete(current);
                current = signed;
            }
            return current;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void sign(Path from, SignerSignature signature, Path to) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(from.toFile());
                SignatureOptions options = new SignatureOptions();
                OutputStream out = Files.newOutputStream(to)) {
            PDSignature dictionary = new PDSignature();
            dictionary.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            dictionary.setSubFilter(COSName.getPDFName("ETSI.CAdES.detached"));
            dictionary.setName(signature.name());
            dictionary.setReason("Signed in the signing service");
            Calendar at = GregorianCalendar.from(signature.at().atZone(NORWAY));
            dictionary.setSignDate(at);
            options.setPreferredSignatureSize(SIGNATURE_SIZE);
            pdf.addSignature(dictionary, options);
            ExternalSigningSupport external = pdf.saveIncrementalForExternalSigning(out);
            external.setSignature(CadesSignature.detached(external.getContent(), signature));
        }
    }
}
