package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.time.Duration;
import java.time.Instant;

/**
 * The retention time of jobs and their documents, and the time from which the sender can delete the documents.
 *
 * @param longTermStorage whether signed documents are kept after the job's final status has been confirmed
 * @param deletableAfter the time between the last signature and the first possible deletion
 */
public record Retention(boolean longTermStorage, Duration deletableAfter) {

    /** Retention time of ended jobs, signed or not. */
    private static final Duration WITHOUT_LONG_TERM_STORAGE = Duration.ofDays(40);

    private static final Duration WITH_LONG_TERM_STORAGE = Duration.ofDays(20 * 365L);

    /** Refuses the request if the documents are no longer kept. */
    public void requireKept(SignatureJob job, Instant now) {
        if (job.documentsDeleted()) {
            throw ApiException.notFound("The documents of signature job " + job.id() + " have been deleted");
        }
        if (job.finished() && !isStored(job)) {
            throw ApiException.notFound("The final status of signature job " + job.id()
                    + " has been confirmed, and its documents are not in long-term storage");
        }
        if (!keepsJob(job, now)) {
            throw ApiException.notFound("The documents of signature job " + job.id() + " are no longer kept");
        }
    }

    /** Returns whether the documents are kept. */
    public boolean keeps(SignatureJob job, Instant now) {
        return !job.documentsDeleted() && (!job.finished() || isStored(job)) && keepsJob(job, now);
    }

    /** Returns whether the job is kept. A job is removed some time after it has ended. */
    boolean keepsJob(SignatureJob job, Instant now) {
        Duration kept = isStored(job) ? WITH_LONG_TERM_STORAGE : WITHOUT_LONG_TERM_STORAGE;
        return job.ended().map(ended -> now.isBefore(ended.plus(kept))).orElse(true);
    }

    /**
     * Returns whether the documents are in long-term storage. Only documents that all signers have signed are stored.
     */
    private boolean isStored(SignatureJob job) {
        return longTermStorage && job.completed().isPresent();
    }

    /** Returns whether the sender can delete the documents now. */
    public boolean allowsDeletion(SignatureJob job, Instant now) {
        return keeps(job, now)
                && job.completed()
                        .map(completed -> !now.isBefore(completed.plus(deletableAfter)))
                        .orElse(false);
    }

    /** Deletes the documents, or refuses the request. */
    public void delete(SignatureJob job, Instant now) {
        requireKept(job, now);
        if (!allowsDeletion(job, now)) {
            throw new ApiException(
                    409,
                    "DOCUMENTS_NOT_DELETABLE",
                    "The documents of signature job " + job.id() + " can be deleted " + deletableAfter
                            + " after all have signed; it is " + job.status());
        }
        job.deleteDocuments();
    }
}
