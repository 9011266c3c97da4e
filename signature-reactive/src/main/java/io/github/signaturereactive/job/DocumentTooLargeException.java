package io.github.signaturereactive.job;

/** An error emitted when a downloaded document exceeds the caller's limit for documents in memory. */
public final class DocumentTooLargeException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param limit the limit in bytes
     */
    public DocumentTooLargeException(long limit) {
        super(
                "The document exceeds the limit of " + limit
                        + " bytes in memory. Raise the limit, save the document to a file, or stream it.",
                null);
    }
}
