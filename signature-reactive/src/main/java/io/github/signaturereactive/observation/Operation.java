package io.github.signaturereactive.observation;

/** What is asked of the service. */
public enum Operation {
    /** Create a job: never sent twice. */
    CREATE,
    /** Ask for the status of a job. */
    STATUS,
    /** Ask for a new redirect URL for a signer. */
    NEW_REDIRECT_URL,
    /** Fetch the next status change of a queue. */
    POLL,
    /** Confirm a status change. */
    CONFIRM,
    /** Cancel a job. */
    CANCEL,
    /** Delete the documents of a job. */
    DELETE_DOCUMENTS,
    /** Download a signed document or a signature. */
    DOWNLOAD,
    /** Ask who the service takes us for. */
    WHO_AM_I
}
