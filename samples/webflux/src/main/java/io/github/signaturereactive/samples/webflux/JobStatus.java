package io.github.signaturereactive.samples.webflux;

import java.util.Collection;

/** The status of a job, as shown on its page. */
enum JobStatus {
    /** The job is stored and being sent to the service. */
    SENDING("Being sent", "busy"),
    /** The service did not accept the job, or the response was lost. */
    NOT_SENT("Not sent", "bad"),
    /** At least one signer has not signed. */
    WAITING("Waiting for signatures", "busy"),
    /** All signers have signed. */
    SIGNED("Signed", "good"),
    /** A signer rejected. */
    REJECTED("Rejected", "bad"),
    /** A signer did not sign in time. */
    EXPIRED("Expired", "bad"),
    /** The job was cancelled. */
    CANCELLED("Cancelled", "bad"),
    /** The job ended without all signatures for another reason. */
    FAILED("Failed", "bad");

    private final String label;
    private final String tone;

    JobStatus(String label, String tone) {
        this.label = label;
        this.tone = tone;
    }

    /**
     * Returns the status of a failed job by the statuses of its signers, because the service gives the reason only
     * there.
     */
    static JobStatus ofFailed(Collection<String> signers) {
        for (JobStatus reason : new JobStatus[] {REJECTED, CANCELLED, EXPIRED}) {
            if (signers.contains(reason.name())) {
                return reason;
            }
        }
        return FAILED;
    }

    /** Returns the text for pages. */
    public String label() {
        return label;
    }

    /** Returns the colour for pages: {@code busy}, {@code good} or {@code bad}. */
    public String tone() {
        return tone;
    }

    /** Returns whether the status is final. */
    public boolean isFinal() {
        return this != SENDING && this != WAITING && this != NOT_SENT;
    }
}
