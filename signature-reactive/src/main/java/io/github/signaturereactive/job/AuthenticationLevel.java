package io.github.signaturereactive.job;

/** How surely a signer must identify to read and sign. */
public enum AuthenticationLevel {
    /** Level 3, for instance MinID. */
    THREE("3"),
    /** Level 4, for instance BankID or Buypass. */
    FOUR("4");

    private final String xmlValue;

    AuthenticationLevel(String xmlValue) {
        this.xmlValue = xmlValue;
    }

    /** The value in the manifest. */
    public String xmlValue() {
        return xmlValue;
    }
}
