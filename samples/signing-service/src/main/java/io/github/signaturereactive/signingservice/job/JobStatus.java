package io.github.signaturereactive.signingservice.job;

/** The status of a job. The names are the ones in the protocol. */
public enum JobStatus {
    /** At least one signer has not signed yet. */
    IN_PROGRESS,
    /** All signers have signed. */
    COMPLETED_SUCCESSFULLY,
    /** The job was rejected, was cancelled, expired, or failed for another reason. */
    FAILED
}
