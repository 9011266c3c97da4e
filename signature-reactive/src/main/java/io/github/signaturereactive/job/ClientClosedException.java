package io.github.signaturereactive.job;

/** An error emitted or thrown when a call is made after the client has been closed. Nothing was sent. */
public final class ClientClosedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param request method and path of the request, or the name of the method that was called
     */
    public ClientClosedException(String request) {
        super(request + ": this client has been closed. Nothing was sent.", null);
    }
}
