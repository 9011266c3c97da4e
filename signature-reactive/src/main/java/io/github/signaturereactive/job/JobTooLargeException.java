package io.github.signaturereactive.job;

/** The documents of a job have more bytes together than the configuration allows. */
public final class JobTooLargeException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    /**
     * Reports the documents.
     *
     * @param documents describes how many bytes which of them have
     * @param limit the largest allowed sum in bytes
     */
    public JobTooLargeException(String documents, long limit) {
        super(
                documents + ", but the documents of a job may have " + limit + " bytes together."
                        + " Send fewer or smaller documents, or raise maxJobSize if the service accepts more.",
                null);
        this.limit = limit;
    }

    /** Returns the largest allowed sum in bytes. */
    public long limit() {
        return limit;
    }
}
