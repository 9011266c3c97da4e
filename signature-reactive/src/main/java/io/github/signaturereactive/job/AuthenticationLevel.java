package io.github.signaturereactive.job;

/**
 * The security level that signers must authenticate with to read and sign documents. XSD type {@code
 * authentication-level}.
 */
public enum AuthenticationLevel {
    /** Level 3, for example MinID. For public organizations only. */
    THREE("3"),
    /** Level 4, for example BankID or Buypass. */
    FOUR("4");

    private final String xmlValue;

    AuthenticationLevel(String xmlValue) {
        this.xmlValue = xmlValue;
    }

    /** {@return the value in the manifest, {@code 3} or {@code 4}} */
    public String xmlValue() {
        return xmlValue;
    }
}
