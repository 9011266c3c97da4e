package io.github.signaturereactive.job;

/** The status query token of a direct job is wrong or has been used before. */
public final class InvalidStatusQueryTokenException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such an answer.
     *
     * @param failure what was asked and what came back
     */
    public InvalidStatusQueryTokenException(Failure failure) {
        super(failure, "Use the token of the last redirect to the exit URL, as it came.");
    }
}
