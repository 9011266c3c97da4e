package io.github.signaturereactive.samples.webflux;

/** The flow of a job, see the service's documentation of direct and portal jobs. */
enum Flow {
    /** The application redirects the signer's browser to the service, which redirects it back. */
    DIRECT("For you to sign"),
    /** The service invites the signers. */
    PORTAL("Sent to the signers");

    private final String label;

    Flow(String label) {
        this.label = label;
    }

    /** Returns the text for pages. */
    public String label() {
        return label;
    }
}
