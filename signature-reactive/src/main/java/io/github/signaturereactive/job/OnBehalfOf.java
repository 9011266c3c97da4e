package io.github.signaturereactive.job;

/** In whose name a signer signs, which decides whether the signed document is sent to the signer's mailbox. */
public enum OnBehalfOf {
    /** In the signer's own name. */
    SELF,
    /** In the name of somebody else, for instance of the signer's employer. */
    OTHER
}
