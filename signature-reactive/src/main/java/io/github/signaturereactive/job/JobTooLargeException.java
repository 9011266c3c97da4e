package io.github.signaturereactive.job;

/**
 * An error emitted when the documents of a job exceed {@link
 * io.github.signaturereactive.ClientConfiguration.Builder#maxJobSize maxJobSize}. The service has received no complete
 * request.
 */
public final class JobTooLargeException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    /**
     * Creates the exception.
     *
     * @param documents a description of the documents and their size
     * @param limit the maximum total size in bytes
     */
    public JobTooLargeException(String documents, long limit) {
        super(
                documents + ", but the documents of a job must have at most " + limit + " bytes in total."
                        + " Send fewer or smaller documents, or raise maxJobSize if the service accepts more.",
                null);
        this.limit = limit;
    }

    /** {@return the maximum total size in bytes} */
    public long limit() {
        return limit;
    }
}
