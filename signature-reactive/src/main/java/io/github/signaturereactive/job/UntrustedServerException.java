package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The peer did not prove to be Posten signering, or to be the token endpoint, and nothing was sent to it. The message says
 * what was expected and describes the certificate that was presented.
 */
public final class UntrustedServerException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** What was wrong with the server's certificate. */
    public enum Reason {
        /** The certificate is not issued to the organization that runs the service. */
        WRONG_ORGANIZATION_NUMBER,
        /** The certificate's chain does not lead to an authority trusted in this environment. */
        UNKNOWN_AUTHORITY,
        /** The certificate, or one of its chain, has expired or is not valid yet. */
        EXPIRED,
        /** The token endpoint's certificate is for another host name. Of the API's server no host name is expected. */
        WRONG_HOST_NAME
    }

    private final Reason reason;

    /**
     * Reports an untrusted server.
     *
     * @param reason which of the checks failed
     * @param message what was expected, what was presented, and what to do
     * @param cause the handshake's failure
     */
    public UntrustedServerException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Which of the checks failed. */
    public Reason reason() {
        return reason;
    }
}
