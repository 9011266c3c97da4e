package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.job.Retention;
import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import io.github.signaturereactive.signingservice.signature.Manifest;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Writes the responses of the portal flow. */
final class PortalMessages {

    private PortalMessages() {}

    static byte[] created(SignatureJob job, URI root) {
        return XmlMessage.write("portal-signature-job-response", response -> {
            reference(response, job.reference());
            response.element("signature-job-id", Long.toString(job.id()));
            response.element("cancellation-url", JobUrls.of(job, root).cancellation());
        });
    }

    static byte[] statusChange(SignatureJob job, URI root, Retention retention, Instant now) {
        JobUrls links = JobUrls.of(job, root);
        boolean kept = retention.keeps(job, now);
        return XmlMessage.write("portal-signature-job-status-change-response", response -> {
            reference(response, job.reference());
            response.element("signature-job-id", Long.toString(job.id()));
            response.element("status", job.status().name());
            response.element("confirmation-url", links.confirmation(job.change().handOut()));
            if (job.inProgress()) {
                response.element("cancellation-url", links.cancellation());
            }
            if (retention.allowsDeletion(job, now)) {
                response.element("delete-documents-url", links.documents());
            }
            response.element("signatures", signatures -> {
                for (SignatureJob.Signer signer : job.signers()) {
                    signatures.element("signature", signature -> signature(signature, kept, signer, links));
                }
                if (kept && job.signers().stream().anyMatch(PortalMessages::signed)) {
                    signatures.element("pades-url", links.pades());
                }
            });
        });
    }

    private static void signature(XmlMessage signature, boolean kept, SignatureJob.Signer signer, JobUrls links)
            throws XMLStreamException {
        signature.element("status", status -> {
            status.attribute("since", XmlMessage.dateTime(signer.since()));
            status.text(signer.status().name());
        });
        identifier(signature, signer.manifest());
        if (signed(signer) && kept) {
            signature.element("xades-url", links.xades(signer.index()));
        }
    }

    private static void identifier(XmlMessage signature, Manifest.Signer signer) throws XMLStreamException {
        Optional<String> number = signer.personalIdentificationNumber();
        if (number.isPresent()) {
            signature.element("personal-identification-number", number.get());
            return;
        }
        signature.element("identifier", identifier -> {
            if (signer.email().isPresent()) {
                String address = signer.email().get();
                identifier.element("email", email -> email.attribute("address", address));
            }
            if (signer.mobileNumber().isPresent()) {
                String mobileNumber = signer.mobileNumber().get();
                identifier.element("sms", sms -> sms.attribute("number", mobileNumber));
            }
        });
    }

    private static boolean signed(SignatureJob.Signer signer) {
        return signer.status() == SignerStatus.SIGNED;
    }

    private static void reference(XmlMessage message, Optional<String> reference) throws XMLStreamException {
        if (reference.isPresent()) {
            message.element("reference", reference.get());
        }
    }
}
