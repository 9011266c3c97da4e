package io.github.signaturereactive.job;

/** The identification of signers in signed documents. XSD type {@code identifier-in-signed-documents}. */
public enum IdentifierInSignedDocuments {
    /**
     * Personal identification number and name. Requires that the job identifies every signer by personal identification
     * number.
     */
    PERSONAL_IDENTIFICATION_NUMBER_AND_NAME,
    /** Date of birth and name. Public organizations can use it with {@link SignatureType#AUTHENTICATED_SIGNATURE} only. */
    DATE_OF_BIRTH_AND_NAME,
    /** Name only. For public organizations with {@link SignatureType#AUTHENTICATED_SIGNATURE} only. */
    NAME
}
