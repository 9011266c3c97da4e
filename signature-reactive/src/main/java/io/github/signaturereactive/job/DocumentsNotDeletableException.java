package io.github.signaturereactive.job;

/** There is no URL for deleting documents: they cannot be deleted, or not yet. */
public final class DocumentsNotDeletableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Reports it; nothing has been sent. */
    public DocumentsNotDeletableException() {
        super(
                "The documents of this job cannot be deleted now: the service gave no delete-documents URL. It does so 24 hours after all have signed at the earliest. Nothing was sent.",
                null);
    }
}
