package io.github.signaturereactive.xml;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.util.List;
import java.util.Optional;

/**
 * The messages of the service: what is sent is written exactly as the published schema has it, what comes is read
 * tolerantly. Writing and reading are CPU work on a few kilobytes; whoever reads bounds the size of the body.
 *
 * <p>Reading tolerates what it does not know: any prefix, further elements and attributes, other namespaces, unknown
 * statuses, white space around values, missing optional parts. It refuses a DOCTYPE, another root element, and a
 * message without what it cannot do without.
 */
public final class Messages {

    private Messages() {}

    /** Loads what reads and writes XML, which reads files: to be called before an event loop has a message to read. */
    public static void load() {
        Xml.load();
    }

    /** The XML part of a create request. */
    public static byte[] directJobRequest(DirectJob job, Sender sender) {
        return DirectMessages.request(job, sender);
    }

    /**
     * The manifest of a bundle.
     *
     * @param fileNames the names of the job's documents in the bundle, in the order of the documents
     */
    public static byte[] directJobManifest(DirectJob job, Sender sender, List<String> fileNames) {
        return DirectMessages.manifest(job, sender, fileNames);
    }

    /** The request for a new redirect URL of a signer. */
    public static byte[] directSignerUpdateRequest() {
        return DirectMessages.updateRequest();
    }

    /**
     * Reads the answer to a created job.
     *
     * @throws UnreadableMessageException if it is not such an answer
     */
    public static DirectJobResponse readDirectJobResponse(byte[] xml) {
        return DirectMessages.readResponse(xml);
    }

    /**
     * Reads the answer to a request for a new redirect URL.
     *
     * @throws UnreadableMessageException if it is not such an answer
     */
    public static DirectSignerResponse readDirectSignerResponse(byte[] xml) {
        return DirectMessages.readSigner(xml);
    }

    /**
     * Reads the answer to a poll, or to a request for the status. It does not know the time of the next poll, which travels as a
     * header.
     *
     * @throws UnreadableMessageException if it is not such an answer; it tells the job if that much could be read
     */
    public static DirectJobStatusResponse readDirectJobStatus(byte[] xml) {
        return DirectMessages.readStatus(xml);
    }

    /** The XML part of a create request. */
    public static byte[] portalJobRequest(PortalJob job, Sender sender) {
        return PortalMessages.request(job, sender);
    }

    /**
     * The manifest of a bundle.
     *
     * @param fileNames the names of the job's documents in the bundle, in the order of the documents
     */
    public static byte[] portalJobManifest(PortalJob job, Sender sender, List<String> fileNames) {
        return PortalMessages.manifest(job, sender, fileNames);
    }

    /**
     * Reads the answer to a created job.
     *
     * @throws UnreadableMessageException if it is not such an answer
     */
    public static PortalJobResponse readPortalJobResponse(byte[] xml) {
        return PortalMessages.readResponse(xml);
    }

    /**
     * Reads the answer to a poll. It does not know the time of the next one, which travels as a header.
     *
     * @throws UnreadableMessageException if it is not such an answer; it tells the job if that much could be read
     */
    public static PortalJobStatusChanged readPortalJobStatusChange(byte[] xml) {
        return PortalMessages.readStatusChange(xml);
    }

    /** Reads an error message of the service; empty if it is something else, such as the HTML page of a proxy. */
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
