package io.github.signaturereactive.samples.webflux;

/** How a job gets to its signers. */
enum Flow {
    /** The signer is at this browser, and is sent to the service and back. */
    DIRECT("For you to sign"),
    /** The service invites the signers. */
    PORTAL("Sent to the signers");

    private final String label;

    Flow(String label) {
        this.label = label;
    }

    /** As a page says it. */
    public String label() {
        return label;
    }
}
