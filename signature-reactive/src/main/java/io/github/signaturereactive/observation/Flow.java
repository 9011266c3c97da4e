package io.github.signaturereactive.observation;

/** The part of the service that a call belongs to. */
public enum Flow {
    /** Signers are sent to the service from the sender's own pages. */
    DIRECT,
    /** Signers are notified and sign when they like. */
    PORTAL,
    /** Signed documents that the service keeps. */
    ARCHIVE,
    /** What belongs to none of them. */
    NONE
}
