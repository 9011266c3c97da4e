package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.Flow;

/** The status of one signer. The names are the ones in the protocol. */
public enum SignerStatus {
    /** Has not signed yet, or cannot sign yet. */
    WAITING,
    /** Has signed. */
    SIGNED,
    /** Has rejected the job, which ends it. */
    REJECTED,
    /** The sender cancelled the job before this signer acted. */
    CANCELLED,
    /** Is reserved against digital communication from the public sector. */
    RESERVED,
    /** Has neither an e-mail address nor a mobile number. */
    CONTACT_INFORMATION_MISSING,
    /** Did not sign in time. */
    EXPIRED,
    /** Entered the wrong security code too many times. */
    BLOCKED,
    /** The signer's name, which the sender asks for, cannot be found. */
    SIGNERS_NAME_NOT_AVAILABLE,
    /** Could not sign because of an error. Only in the direct flow. */
    FAILED,
    /** The job ended before it was this signer's turn, or because of another signer. */
    NOT_APPLICABLE;

    /** Returns whether a signer of this flow can have this status. */
    boolean occursIn(Flow flow) {
        return switch (this) {
            case FAILED -> flow == Flow.DIRECT;
            case CANCELLED, RESERVED, CONTACT_INFORMATION_MISSING, BLOCKED -> flow == Flow.PORTAL;
            default -> true;
        };
    }

    /** Returns whether the status results from an act of the signer, which is possible only in the signer's turn. */
    boolean isActOfTheSigner() {
        return switch (this) {
            case SIGNED, REJECTED, BLOCKED, FAILED -> true;
            default -> false;
        };
    }

    /** Returns whether the job fails if any signer has this status. */
    boolean failsTheJob() {
        return this != WAITING && this != SIGNED;
    }
}
