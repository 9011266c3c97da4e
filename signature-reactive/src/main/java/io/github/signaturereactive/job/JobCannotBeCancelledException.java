package io.github.signaturereactive.job;

/**
 * An error emitted when a job cannot be cancelled, because it is already completed, failed or cancelled. The service
 * returned HTTP status 409.
 */
public final class JobCannotBeCancelledException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     */
    public JobCannotBeCancelledException(Failure failure) {
        super(
                failure,
                "The job is already completed, failed or cancelled. Its next status change contains the status.");
    }
}
