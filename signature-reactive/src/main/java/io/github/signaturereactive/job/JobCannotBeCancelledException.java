package io.github.signaturereactive.job;

/** The job has come too far to be cancelled: it is completed, or has been cancelled before. */
public final class JobCannotBeCancelledException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such an answer.
     *
     * @param failure what was asked and what came back
     */
    public JobCannotBeCancelledException(Failure failure) {
        super(failure, "The job is completed, failed or cancelled already; its next status change tells which.");
    }
}
