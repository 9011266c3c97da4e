package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.schemas.SchemaViolationException;
import io.github.signaturereactive.schemas.Schemas;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * What a job request says.
 *
 * @param reference the sender's own reference
 * @param pollingQueue the name of the queue, empty for the default queue
 * @param polled whether the status changes are to be polled; always so in the portal flow
 * @param exitUrls where the signers' browsers go afterwards; empty in the portal flow
 */
record JobRequest(Optional<String> reference, String pollingQueue, boolean polled, Optional<ExitUrls> exitUrls) {

    /** Reads a request of this flow, or refuses it. */
    static JobRequest read(byte[] xml, Flow flow) {
        Element request = validated(xml, flow.requestElement());
        return new JobRequest(
                Dom.text(request, "reference"),
                Dom.text(request, "polling-queue").orElse(""),
                flow == Flow.PORTAL
                        || Dom.text(request, "status-retrieval-method").equals(Optional.of("POLLING")),
                Dom.child(request, "exit-urls").map(ExitUrls::read));
    }

    /** The root element of a message that follows the schema and is of this kind. */
    static Element validated(byte[] xml, String name) {
        try {
            Element request = Schemas.MESSAGES.validate(xml).getDocumentElement();
            if (!name.equals(request.getLocalName())) {
                throw Refusal.invalidXml("The request is a " + request.getLocalName() + ", not a " + name);
            }
            return request;
        } catch (SchemaViolationException e) {
            throw Refusal.invalidXml("The request: " + e.getMessage());
        }
    }
}
