package io.github.signaturereactive.observation;

/** The operation of a call. */
public enum Operation {
    /** Create a job. */
    CREATE,
    /** Request the status of a direct job. */
    STATUS,
    /** Request a new redirect URL for a signer of a direct job. */
    NEW_REDIRECT_URL,
    /** Poll a queue. */
    POLL,
    /** Confirm a status change. */
    CONFIRM,
    /** Cancel a portal job. */
    CANCEL,
    /** Delete the documents of a job. */
    DELETE_DOCUMENTS,
    /** Download a signed document (PAdES) or a signature (XAdES). */
    DOWNLOAD,
    /** Request the identity that the service recognizes for this client. */
    WHO_AM_I
}
