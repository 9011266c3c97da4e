package io.github.signaturereactive.job;

/** A download is larger than the caller wanted to hold in memory. */
public final class DocumentTooLargeException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such a document.
     *
     * @param limit the caller's limit in bytes
     */
    public DocumentTooLargeException(long limit) {
        super(
                "The document has more than the " + limit
                        + " bytes it may have in memory. Raise the limit, or save it to a file or stream it instead.",
                null);
    }
}
