package io.github.signaturereactive.job;

/**
 * An error emitted when the status query token of a direct job is wrong or has already been used. The service returned
 * error code {@code INVALID_STATUS_QUERY_TOKEN}.
 */
public final class InvalidStatusQueryTokenException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     */
    public InvalidStatusQueryTokenException(Failure failure) {
        super(
                failure,
                "Use the status_query_token of the signer's last redirect to an exit URL, decoded but otherwise unchanged.");
    }
}
