package io.github.signaturereactive.xml;

import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes and reads the messages of the portal flow. */
final class PortalMessages {

    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("[0-9]{11}");

    private PortalMessages() {}

    static byte[] request(PortalJob job, Sender sender) {
        return Xml.write(PortalJobRequest.of(job, sender));
    }

    static byte[] manifest(PortalJob job, Sender sender, List<String> fileNames) {
        return Xml.write(PortalJobManifest.of(job, sender, fileNames));
    }

    static PortalJobResponse readResponse(byte[] xml) {
        Element response = Xml.read(xml, "portal-signature-job-response");
        return new PortalJobResponse(
                response.signatureJobId(),
                response.text("reference"),
                response.link("cancellation-url", CancellationUrl::of));
    }

    static PortalJobStatusChanged readStatusChange(byte[] xml, @Nullable Instant nextPermittedPollTime) {
        Element change = Xml.read(xml, "portal-signature-job-status-change-response");
        long signatureJobId = change.signatureJobId();
        var status = new PortalJobStatus(change.requiredText("status"));
        List<Element> signatures = change.children("signatures");
        return PortalJobStatusChanged.builder(signatureJobId, status)
                .reference(change.text("reference"))
                .confirmationReference(change.link("confirmation-url", ConfirmationReference::of))
                .cancellationUrl(change.link("cancellation-url", CancellationUrl::of))
                .deleteDocumentsUrl(change.link("delete-documents-url", DeleteDocumentsUrl::of))
                .signatures(signatures.stream()
                        .flatMap(each -> each.children("signature").stream())
                        .map(PortalMessages::signature)
                        .toList())
                .pAdESUrl(signatures.stream()
                        .map(each -> each.link("pades-url", PAdESReference::of))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null))
                .nextPermittedPollTime(nextPermittedPollTime)
                .build();
    }

    /** Reads the status of a signer. A missing status becomes the empty string, which is an unknown status. */
    private static PortalSignature signature(Element signature) {
        Element status = signature.child("status");
        String value = status == null ? null : status.text();
        return new PortalSignature(
                signer(signature),
                new SignatureStatus(value == null ? "" : value),
                status == null ? null : status.timeAttribute("since"),
                signature.link("xades-url", XAdESReference::of));
    }

    private static SignerIdentifier signer(Element signature) {
        String number = signature.text("personal-identification-number");
        if (number != null && PERSONAL_IDENTIFICATION_NUMBER.matcher(number).matches()) {
            return new SignerIdentifier.PersonalIdentificationNumber(number);
        }
        Element identifier = signature.child("identifier");
        String emailAddress = identifier == null ? null : attribute(identifier, "email", "address");
        String mobileNumber = identifier == null ? null : attribute(identifier, "sms", "number");
        return emailAddress == null && mobileNumber == null
                ? new SignerIdentifier.Unknown()
                : new SignerIdentifier.ContactInformation(emailAddress, mobileNumber);
    }

    private static @Nullable String attribute(Element parent, String element, String attribute) {
        Element found = parent.child(element);
        return found == null ? null : found.attribute(attribute);
    }
}
