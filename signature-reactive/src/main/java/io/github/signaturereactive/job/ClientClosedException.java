package io.github.signaturereactive.job;

/** The client has been closed, so nothing was sent. */
public final class ClientClosedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports a call after the client was closed.
     *
     * @param request method and path of the request
     */
    public ClientClosedException(String request) {
        super(request + ": this client has been closed. Nothing was sent.", null);
    }
}
