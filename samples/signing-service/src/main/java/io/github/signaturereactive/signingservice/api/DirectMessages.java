package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.job.Retention;
import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import io.github.signaturereactive.signingservice.signature.Manifest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Writes the responses of the direct flow. */
final class DirectMessages {

    private DirectMessages() {}

    /** Returns the response to a create request, with a redirect URL for each signer. */
    static byte[] created(SignatureJob job, URI root, List<URI> redirectUrls) {
        JobUrls links = JobUrls.of(job, root);
        return XmlMessage.write("direct-signature-job-response", response -> {
            reference(response, job.reference());
            response.element("signature-job-id", Long.toString(job.id()));
            for (SignatureJob.Signer signer : job.signers()) {
                String url = redirectUrls.get(signer.index()).toString();
                response.element("redirect-url", redirect -> {
                    redirect.attribute("signer", identifier(signer));
                    redirect.text(url);
                });
            }
            if (!job.polled()) {
                response.element("status-url", links.status());
            }
            for (SignatureJob.Signer signer : job.signers()) {
                response.element("signer", element -> signer(element, signer, links, redirectUrls.get(signer.index())));
            }
        });
    }

    /** Returns the response to a request for a new redirect URL. */
    static byte[] signer(SignatureJob job, SignatureJob.Signer signer, URI root, URI redirectUrl) {
        return XmlMessage.write(
                "direct-signer-response", response -> signer(response, signer, JobUrls.of(job, root), redirectUrl));
    }

    static byte[] status(SignatureJob job, URI root, Retention retention, Instant now) {
        JobUrls links = JobUrls.of(job, root);
        return XmlMessage.write("direct-signature-job-status-response", response -> {
            reference(response, job.reference());
            response.element("signature-job-id", Long.toString(job.id()));
            response.element("signature-job-status", job.status().name());
            for (SignatureJob.Signer signer : job.signers()) {
                response.element("status", status -> {
                    status.attribute("signer", identifier(signer));
                    status.attribute("since", XmlMessage.dateTime(signer.since()));
                    status.text(signer.status().name());
                });
            }
            response.element("confirmation-url", links.confirmation(job.change().handOut()));
            if (!retention.keeps(job, now)) {
                return;
            }
            if (retention.allowsDeletion(job, now)) {
                response.element("delete-documents-url", links.documents());
            }
            signatures(response, job, links);
        });
    }

    private static void signatures(XmlMessage response, SignatureJob job, JobUrls links) throws XMLStreamException {
        List<SignatureJob.Signer> signed = job.signers().stream()
                .filter(signer -> signer.status() == SignerStatus.SIGNED)
                .toList();
        for (SignatureJob.Signer signer : signed) {
            response.element("xades-url", xades -> {
                xades.attribute("signer", identifier(signer));
                xades.text(links.xades(signer.index()));
            });
        }
        if (!signed.isEmpty()) {
            response.element("pades-url", links.pades());
        }
    }

    private static void signer(XmlMessage element, SignatureJob.Signer signer, JobUrls links, URI redirectUrl)
            throws XMLStreamException {
        element.attribute("href", links.signer(signer.index()));
        element.element(
                signer.manifest().signerIdentifier().isPresent()
                        ? "signer-identifier"
                        : "personal-identification-number",
                identifier(signer));
        element.element("redirect-url", redirectUrl.toString());
    }

    private static String identifier(SignatureJob.Signer signer) {
        Manifest.Signer manifest = signer.manifest();
        return manifest.signerIdentifier()
                .or(manifest::personalIdentificationNumber)
                .orElseThrow();
    }

    private static void reference(XmlMessage message, Optional<String> reference) throws XMLStreamException {
        if (reference.isPresent()) {
            message.element("reference", reference.get());
        }
    }
}
