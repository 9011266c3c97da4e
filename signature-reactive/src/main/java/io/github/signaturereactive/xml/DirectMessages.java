package io.github.signaturereactive.xml;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignature;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.XAdESReference;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes and reads the messages of the direct flow. */
final class DirectMessages {

    private static final Pattern PERSONAL_IDENTIFICATION_NUMBER = Pattern.compile("[0-9]{11}");

    private DirectMessages() {}

    static byte[] request(DirectJob job, Sender sender) {
        return Xml.write(DirectJobRequest.of(job, sender));
    }

    static byte[] manifest(DirectJob job, Sender sender, List<String> fileNames) {
        return Xml.write(DirectJobManifest.of(job, sender, fileNames));
    }

    static byte[] updateRequest() {
        return Xml.write(new DirectSignerUpdateRequest(new EmptyElement()));
    }

    static DirectJobResponse readResponse(byte[] xml) {
        Element response = Xml.read(xml, "direct-signature-job-response");
        List<Element> signers = response.children("signer");
        return new DirectJobResponse(
                response.signatureJobId(),
                response.text("reference"),
                response.url("status-url"),
                signers.isEmpty()
                        ? response.children("redirect-url").stream()
                                .map(DirectMessages::legacySigner)
                                .toList()
                        : signers.stream().map(DirectMessages::signer).toList());
    }

    static DirectSignerResponse readSigner(byte[] xml) {
        return signer(Xml.read(xml, "direct-signer-response"));
    }

    private static DirectSignerResponse signer(Element signer) {
        return new DirectSignerResponse(
                signer.text("personal-identification-number"),
                signer.text("signer-identifier"),
                signerUrl(signer),
                signer.url("redirect-url"));
    }

    private static @Nullable SignerUrl signerUrl(Element signer) {
        @Nullable URI href = signer.urlAttribute("href");
        return href == null ? null : SignerUrl.of(href);
    }

    /** Reads a signer from the deprecated element {@code redirect-url} of {@code direct-signature-job-response}. */
    private static DirectSignerResponse legacySigner(Element redirectUrl) {
        String identifier = redirectUrl.attribute("signer");
        boolean isNumber = identifier != null
                && PERSONAL_IDENTIFICATION_NUMBER.matcher(identifier).matches();
        return new DirectSignerResponse(
                isNumber ? identifier : null, isNumber ? null : identifier, null, redirectUrl.url());
    }

    static DirectJobStatusResponse readStatus(byte[] xml, @Nullable Instant nextPermittedPollTime) {
        Element response = Xml.read(xml, "direct-signature-job-status-response");
        long signatureJobId = response.signatureJobId();
        var status = new DirectJobStatus(response.requiredText("signature-job-status"));
        List<Element> signers = response.children("status");
        Map<String, URI> xAdESUrls = xAdESUrls(response.children("xades-url"));
        return DirectJobStatusResponse.builder(signatureJobId, status)
                .reference(response.text("reference"))
                .signatures(signers.stream()
                        .map(signer -> signature(signer, xAdESUrls, signers.size() == 1))
                        .toList())
                .confirmationReference(response.link("confirmation-url", ConfirmationReference::of))
                .deleteDocumentsUrl(response.link("delete-documents-url", DeleteDocumentsUrl::of))
                .pAdESUrl(response.link("pades-url", PAdESReference::of))
                .nextPermittedPollTime(nextPermittedPollTime)
                .build();
    }

    /** Returns the XAdES URLs by signer. The key is the empty string for a URL without the attribute {@code signer}. */
    private static Map<String, URI> xAdESUrls(List<Element> elements) {
        Map<String, URI> urls = new LinkedHashMap<>();
        for (Element element : elements) {
            @Nullable URI url = element.url();
            if (url != null) {
                urls.putIfAbsent(Objects.requireNonNullElse(element.attribute("signer"), ""), url);
            }
        }
        return urls;
    }

    /**
     * Reads the status of a signer. A missing status becomes the empty string, which is an unknown status.
     *
     * @param only whether the job has one signer. The service may then leave out the attribute {@code signer}
     */
    private static DirectSignature signature(Element signer, Map<String, URI> xAdESUrls, boolean only) {
        String identifier = signer.attribute("signer");
        String status = signer.text();
        @Nullable URI xAdESUrl = identifier == null ? null : xAdESUrls.get(identifier);
        if (xAdESUrl == null && only) {
            xAdESUrl =
                    identifier == null ? xAdESUrls.values().stream().findFirst().orElse(null) : xAdESUrls.get("");
        }
        return new DirectSignature(
                identifier,
                new SignerStatus(status == null ? "" : status),
                signer.timeAttribute("since"),
                xAdESUrl == null ? null : XAdESReference.of(xAdESUrl));
    }
}
