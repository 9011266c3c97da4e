package io.github.signaturereactive.signingservice;

/** What has become of one signer of a portal job; the names are those on the wire. */
public enum SignerStatus {
    /** Has not signed yet, or may not yet. */
    WAITING,
    /** Has signed. */
    SIGNED,
    /** Has refused to sign, which ends the job. */
    REJECTED,
    /** The sender cancelled the job before this signer acted. */
    CANCELLED,
    /** Is reserved against digital communication from the public sector. */
    RESERVED,
    /** Can be reached by no e-mail address and no mobile number. */
    CONTACT_INFORMATION_MISSING,
    /** Did not sign in time. */
    EXPIRED,
    /** Entered the wrong security code too many times. */
    BLOCKED,
    /** The signer's name, which the sender asks for, cannot be found. */
    SIGNERS_NAME_NOT_AVAILABLE,
    /** The job ended before it was this signer's turn, or because of another signer. */
    NOT_APPLICABLE;

    /** Whether this status, of any one signer, ends the job as failed. */
    boolean failsTheJob() {
        return this != WAITING && this != SIGNED;
    }
}
