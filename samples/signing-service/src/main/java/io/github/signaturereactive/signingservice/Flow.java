package io.github.signaturereactive.signingservice;

import java.util.Locale;

/** How a job gets to its signers. Each flow has polling queues and addresses of its own. */
public enum Flow {
    /** The service tells the signers. */
    PORTAL,
    /** The sender sends each signer's browser to the service, and gets it back. */
    DIRECT;

    /** What stands for the flow in addresses. */
    String segment() {
        return name().toLowerCase(Locale.ROOT);
    }

    String requestElement() {
        return segment() + "-signature-job-request";
    }

    String manifestElement() {
        return segment() + "-signature-job-manifest";
    }
}
