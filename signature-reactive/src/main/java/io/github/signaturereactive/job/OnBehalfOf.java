package io.github.signaturereactive.job;

/**
 * The party on whose behalf a signer signs. For {@link #SELF}, the service may forward the signed document to the
 * signer's digital mailbox. XSD type {@code signing-on-behalf-of}.
 */
public enum OnBehalfOf {
    /** The signer signs on their own behalf. */
    SELF,
    /** The signer signs on behalf of another party, such as an employer. */
    OTHER
}
