package io.github.signaturereactive.job;

/** The type of a signer's electronic signature. XSD type {@code signature-type}. */
public enum SignatureType {
    /** An advanced electronic signature, created with the signer's own electronic ID. */
    ADVANCED_SIGNATURE("ADVANCED_ELECTRONIC_SIGNATURE"),
    /**
     * An authenticated electronic signature: the signer logs in, and the service creates the signature. For public
     * organizations only.
     */
    AUTHENTICATED_SIGNATURE("AUTHENTICATED_ELECTRONIC_SIGNATURE");

    private final String xmlValue;

    SignatureType(String xmlValue) {
        this.xmlValue = xmlValue;
    }

    /** {@return the value in the manifest} */
    public String xmlValue() {
        return xmlValue;
    }
}
