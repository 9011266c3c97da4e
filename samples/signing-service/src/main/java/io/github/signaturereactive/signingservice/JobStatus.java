package io.github.signaturereactive.signingservice;

/** What has become of a job; the names are those on the wire. */
public enum JobStatus {
    /** Somebody has yet to sign. */
    IN_PROGRESS,
    /** Everybody has signed. */
    COMPLETED_SUCCESSFULLY,
    /** Not everybody will sign: rejected, cancelled, expired or worse. */
    FAILED
}
