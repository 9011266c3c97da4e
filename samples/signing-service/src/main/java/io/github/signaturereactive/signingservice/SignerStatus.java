package io.github.signaturereactive.signingservice;

/** What has become of one signer; the names are those on the wire. */
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
    /** Could not sign because something went wrong; in the direct flow only. */
    FAILED,
    /** The job ended before it was this signer's turn, or because of another signer. */
    NOT_APPLICABLE;

    /** Whether somebody can have this status in this flow. */
    boolean occursIn(Flow flow) {
        return switch (this) {
            case FAILED -> flow == Flow.DIRECT;
            case CANCELLED, RESERVED, CONTACT_INFORMATION_MISSING, BLOCKED -> flow == Flow.PORTAL;
            default -> true;
        };
    }

    /** Returns whether a signer gets this status by what they do themselves, which they can when it is their turn. */
    boolean isActOfTheSigner() {
        return switch (this) {
            case SIGNED, REJECTED, BLOCKED, FAILED -> true;
            default -> false;
        };
    }

    /** Whether this status, of any one signer, ends the job as failed. */
    boolean failsTheJob() {
        return this != WAITING && this != SIGNED;
    }
}
