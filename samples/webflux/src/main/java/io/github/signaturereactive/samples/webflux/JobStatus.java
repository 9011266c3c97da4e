package io.github.signaturereactive.samples.webflux;

import java.util.Collection;

/** What has become of a job, as its page says it. */
enum JobStatus {
    /** It has been stored here and is on its way to the service. */
    SENDING("Being sent", "busy"),
    /** The service has not taken it, or nobody knows whether it has. */
    NOT_SENT("Not sent", "bad"),
    /** Somebody has yet to sign. */
    WAITING("Waiting for signatures", "busy"),
    /** All have signed. */
    SIGNED("Signed", "good"),
    /** A signer does not want to. */
    REJECTED("Rejected", "bad"),
    /** A signer did not sign in time. */
    EXPIRED("Expired", "bad"),
    /** It was withdrawn. */
    CANCELLED("Cancelled", "bad"),
    /** It ended without all signatures for another reason. */
    FAILED("Failed", "bad");

    private final String label;
    private final String tone;

    JobStatus(String label, String tone) {
        this.label = label;
        this.tone = tone;
    }

    /** Why a job failed of which these are its signers' statuses: the service says it of the signers only. */
    static JobStatus ofFailed(Collection<String> signers) {
        for (JobStatus reason : new JobStatus[] {REJECTED, CANCELLED, EXPIRED}) {
            if (signers.contains(reason.name())) {
                return reason;
            }
        }
        return FAILED;
    }

    /** As a page says it. */
    public String label() {
        return label;
    }

    /** How a page colours it: {@code busy}, {@code good} or {@code bad}. */
    public String tone() {
        return tone;
    }

    /** Whether nothing will change any more. */
    public boolean isFinal() {
        return this != SENDING && this != WAITING && this != NOT_SENT;
    }
}
