package io.github.signaturereactive.job;

/**
 * An error emitted when the documents of a job cannot be deleted, because the service returned no {@code
 * delete-documents-url}. Nothing was sent.
 */
public final class DocumentsNotDeletableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public DocumentsNotDeletableException() {
        super(
                "The documents of this job cannot be deleted, because the service returned no delete-documents-url. The service"
                        + " returns one no earlier than 24 hours after the last signature. Nothing was sent.",
                null);
    }
}
