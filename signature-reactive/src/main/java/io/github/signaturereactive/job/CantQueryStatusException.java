package io.github.signaturereactive.job;

/**
 * An error emitted when the status of a direct job is requested before the signer has completed the signing ceremony.
 * The service returned error code {@code SIGNING_CEREMONY_NOT_COMPLETED}.
 */
public final class CantQueryStatusException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     */
    public CantQueryStatusException(Failure failure) {
        super(failure, "Request the status after the signer has been redirected to one of the exit URLs.");
    }
}
