package io.github.signaturereactive.job;

/** How signers are identified in the signed documents. */
public enum IdentifierInSignedDocuments {
    /** Personal identification number and name. Needs signers that are identified by the number. */
    PERSONAL_IDENTIFICATION_NUMBER_AND_NAME,
    /** Date of birth and name. */
    DATE_OF_BIRTH_AND_NAME,
    /** Name alone. */
    NAME
}
