package io.github.signaturereactive.signingservice.protocol;

import java.util.Locale;

/** The flow of a job. Each flow has its own polling queues and addresses. */
public enum Flow {
    /** The service invites the signers. */
    PORTAL,
    /** The sender sends each signer's browser to the service, and the service sends it back. */
    DIRECT;

    /** Returns the path segment of the flow. */
    public String segment() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the name of the element of a create request. */
    public String requestElement() {
        return segment() + "-signature-job-request";
    }

    /** Returns the name of the element of a manifest. */
    public String manifestElement() {
        return segment() + "-signature-job-manifest";
    }
}
