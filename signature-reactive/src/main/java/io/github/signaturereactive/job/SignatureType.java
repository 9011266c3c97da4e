package io.github.signaturereactive.job;

/** The kind of electronic signature a signer makes. */
public enum SignatureType {
    /** An advanced electronic signature, made with the signer's own electronic ID. */
    ADVANCED_SIGNATURE("ADVANCED_ELECTRONIC_SIGNATURE"),
    /** An authenticated electronic signature: the signer logs in, and the service signs. For public organizations. */
    AUTHENTICATED_SIGNATURE("AUTHENTICATED_ELECTRONIC_SIGNATURE");

    private final String xmlValue;

    SignatureType(String xmlValue) {
        this.xmlValue = xmlValue;
    }

    /** The value in the manifest. */
    public String xmlValue() {
        return xmlValue;
    }
}
