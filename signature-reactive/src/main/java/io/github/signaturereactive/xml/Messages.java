package io.github.signaturereactive.xml;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the XML messages of the service. The namespace is {@code http://signering.posten.no/schema/v1}.
 *
 * <p>Written messages are valid against the schema {@code direct-and-portal.xsd}. They are UTF-8 with an XML declaration.
 *
 * <p>Read messages are not validated, because the service may add elements. Reading accepts any namespace prefix, unknown elements and
 * attributes, other namespaces, unknown statuses, white space around values and missing optional elements. It rejects a DOCTYPE,
 * another root element and a message without a required element.
 *
 * <p>All methods use the CPU of the calling thread and do not block. The caller must limit the size of messages to read.
 */
public final class Messages {

    private Messages() {}

    /**
     * Loads the XML parser and the XML writer, which reads files. Call this method before a message is read on an event loop, because
     * event loops must not block.
     */
    public static void load() {
        Xml.load();
    }

    /**
     * Writes {@code direct-signature-job-request}, the first part of the request that creates a direct job.
     *
     * @param job the job
     * @param sender the sender, whose polling queue is written unless it is the default queue
     * @return the encoded message
     */
    public static byte[] directJobRequest(DirectJob job, Sender sender) {
        return DirectMessages.request(job, sender);
    }

    /**
     * Writes {@code direct-signature-job-manifest}, which is {@code manifest.xml} of the document bundle.
     *
     * @param job the job
     * @param sender the sender, whose organization number is written
     * @param fileNames the names of the documents' entries in the bundle, in the order of the documents
     * @return the encoded manifest
     * @throws IllegalArgumentException if the number of names is not the number of documents
     */
    public static byte[] directJobManifest(DirectJob job, Sender sender, List<String> fileNames) {
        return DirectMessages.manifest(job, sender, fileNames);
    }

    /**
     * Writes {@code direct-signer-update-request}, which requests a new redirect URL for a signer.
     *
     * @return the encoded message
     */
    public static byte[] directSignerUpdateRequest() {
        return DirectMessages.updateRequest();
    }

    /**
     * Reads {@code direct-signature-job-response}, the response to the creation of a direct job.
     *
     * @param xml the response body
     * @return the created job
     * @throws UnreadableMessageException if the body is not such a message
     */
    public static DirectJobResponse readDirectJobResponse(byte[] xml) {
        return DirectMessages.readResponse(xml);
    }

    /**
     * Reads {@code direct-signer-response}, the response to the request for a new redirect URL.
     *
     * @param xml the response body
     * @return the signer with the new redirect URL
     * @throws UnreadableMessageException if the body is not such a message
     */
    public static DirectSignerResponse readDirectSignerResponse(byte[] xml) {
        return DirectMessages.readSigner(xml);
    }

    /**
     * Reads {@code direct-signature-job-status-response}, the response to a poll or to a request for the status.
     *
     * @param xml the response body
     * @param nextPermittedPollTime the header {@code X-Next-permitted-poll-time}, or null
     * @return the status
     * @throws UnreadableMessageException if the body is not such a message
     */
    public static DirectJobStatusResponse readDirectJobStatus(byte[] xml, @Nullable Instant nextPermittedPollTime) {
        return DirectMessages.readStatus(xml, nextPermittedPollTime);
    }

    /**
     * Writes {@code portal-signature-job-request}, the first part of the request that creates a portal job.
     *
     * @param job the job
     * @param sender the sender, whose polling queue is written unless it is the default queue
     * @return the encoded message
     */
    public static byte[] portalJobRequest(PortalJob job, Sender sender) {
        return PortalMessages.request(job, sender);
    }

    /**
     * Writes {@code portal-signature-job-manifest}, which is {@code manifest.xml} of the document bundle.
     *
     * @param job the job
     * @param sender the sender, whose organization number is written
     * @param fileNames the names of the documents' entries in the bundle, in the order of the documents
     * @return the encoded manifest
     * @throws IllegalArgumentException if the number of names is not the number of documents
     */
    public static byte[] portalJobManifest(PortalJob job, Sender sender, List<String> fileNames) {
        return PortalMessages.manifest(job, sender, fileNames);
    }

    /**
     * Reads {@code portal-signature-job-response}, the response to the creation of a portal job.
     *
     * @param xml the response body
     * @return the created job
     * @throws UnreadableMessageException if the body is not such a message
     */
    public static PortalJobResponse readPortalJobResponse(byte[] xml) {
        return PortalMessages.readResponse(xml);
    }

    /**
     * Reads {@code portal-signature-job-status-change-response}, the response to a poll.
     *
     * @param xml the response body
     * @param nextPermittedPollTime the header {@code X-Next-permitted-poll-time}, or null
     * @return the status change
     * @throws UnreadableMessageException if the body is not such a message
     */
    public static PortalJobStatusChanged readPortalJobStatusChange(
            byte[] xml, @Nullable Instant nextPermittedPollTime) {
        return PortalMessages.readStatusChange(xml, nextPermittedPollTime);
    }

    /**
     * Reads {@code error}, the error message of the service.
     *
     * @param xml the response body
     * @return the error message, or empty if the body is not such a message but, for example, the HTML page of a proxy
     */
    public static Optional<ErrorMessage> readError(byte[] xml) {
        try {
            Element error = Xml.read(xml, "error");
            return Optional.of(
                    new ErrorMessage(error.text("error-code"), error.text("error-message"), error.text("error-type")));
        } catch (UnreadableMessageException e) {
            return Optional.empty();
        }
    }
}
