package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.schemas.SchemaViolationException;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Dom;
import io.github.signaturereactive.signingservice.protocol.Flow;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * The content of a job request.
 *
 * @param reference the sender's own reference
 * @param pollingQueue the name of the queue, empty for the default queue
 * @param polled whether the status changes are polled; always true in the portal flow
 * @param exitUrls the URLs that signers' browsers are sent to after the signing session; empty in the portal flow
 */
public record JobRequest(Optional<String> reference, String pollingQueue, boolean polled, Optional<ExitUrls> exitUrls) {

    /** Reads a request of this flow, or refuses it. */
    public static JobRequest read(byte[] xml, Flow flow) {
        Element request = validated(xml, flow.requestElement());
        return new JobRequest(
                Dom.text(request, "reference"),
                Dom.text(request, "polling-queue").orElse(""),
                flow == Flow.PORTAL
                        || Dom.text(request, "status-retrieval-method").equals(Optional.of("POLLING")),
                Dom.child(request, "exit-urls").map(ExitUrls::read));
    }

    /** Returns the root element of a message. Refuses a message that is not valid or has another root element. */
    public static Element validated(byte[] xml, String name) {
        try {
            Element request = Schemas.MESSAGES.validate(xml).getDocumentElement();
            if (!name.equals(request.getLocalName())) {
                throw ApiException.invalidXml("The request is a " + request.getLocalName() + ", not a " + name);
            }
            return request;
        } catch (SchemaViolationException e) {
            throw ApiException.invalidXml("The request: " + e.getMessage());
        }
    }
}
