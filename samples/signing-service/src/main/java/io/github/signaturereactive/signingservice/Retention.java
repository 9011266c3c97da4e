package io.github.signaturereactive.signingservice;

import java.time.Duration;
import java.time.Instant;

/**
 * For how long documents are kept, and when the sender can delete them.
 *
 * @param longTermStorage whether they are kept after the job's final status has been confirmed
 * @param deletableAfter how long after all have signed they can be deleted
 */
record Retention(boolean longTermStorage, Duration deletableAfter) {

    private static final Duration WITHOUT_LONG_TERM_STORAGE = Duration.ofDays(40);
    private static final Duration WITH_LONG_TERM_STORAGE = Duration.ofDays(20 * 365L);

    /** Refuses what needs the documents if they are gone. */
    void requireKept(SignatureJob job, Instant now) {
        if (job.documentsDeleted()) {
            throw Refusal.notFound("The documents of signature job " + job.id() + " have been deleted");
        }
        if (job.finished() && !longTermStorage) {
            throw Refusal.notFound("The final status of signature job " + job.id()
                    + " has been confirmed, and its documents are not in long-term storage");
        }
        if (hasRunOut(job, now)) {
            throw Refusal.notFound("The documents of signature job " + job.id() + " are no longer kept");
        }
    }

    boolean keeps(SignatureJob job, Instant now) {
        return !job.documentsDeleted() && (!job.finished() || longTermStorage) && !hasRunOut(job, now);
    }

    private boolean hasRunOut(SignatureJob job, Instant now) {
        Duration kept = longTermStorage ? WITH_LONG_TERM_STORAGE : WITHOUT_LONG_TERM_STORAGE;
        return job.completed()
                .map(completed -> !now.isBefore(completed.plus(kept)))
                .orElse(false);
    }

    /** Whether the sender can delete the documents now. */
    boolean allowsDeletion(SignatureJob job, Instant now) {
        return keeps(job, now)
                && job.completed()
                        .map(completed -> !now.isBefore(completed.plus(deletableAfter)))
                        .orElse(false);
    }

    /** Deletes the documents, or refuses to. */
    void delete(SignatureJob job, Instant now) {
        requireKept(job, now);
        if (!allowsDeletion(job, now)) {
            throw new Refusal(
                    409,
                    "DOCUMENTS_NOT_DELETABLE",
                    "The documents of signature job " + job.id() + " can be deleted " + deletableAfter
                            + " after all have signed; it is " + job.status());
        }
        job.deleteDocuments();
    }
}
