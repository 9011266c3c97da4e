package io.github.signaturereactive.job;

/** The status of a direct job was asked for before the signer had come back from the signing ceremony. */
public final class CantQueryStatusException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such an answer.
     *
     * @param failure what was asked and what came back
     */
    public CantQueryStatusException(Failure failure) {
        super(failure, "Ask again when the signer has been redirected to one of the exit URLs.");
    }
}
