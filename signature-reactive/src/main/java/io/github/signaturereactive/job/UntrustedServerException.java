package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when the certificate of the service or of the token endpoint is not trusted. Nothing was sent. The
 * message contains the requirement and a description of the presented certificate.
 */
public final class UntrustedServerException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** The reason why a server certificate is not trusted. */
    public enum Reason {
        /** The certificate is not issued to the organization that operates the service. */
        WRONG_ORGANIZATION_NUMBER,
        /** The certificate chain does not end in an authority that is trusted in this environment. */
        UNKNOWN_AUTHORITY,
        /** The certificate or another certificate of its chain has expired or is not yet valid. */
        EXPIRED,
        /**
         * The certificate of the token endpoint is issued for another host name. The host name of the service is not
         * verified.
         */
        WRONG_HOST_NAME
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason the failed check
     * @param message the requirement, the presented certificate, and what the caller can do
     * @param cause the error of the TLS handshake, or null
     */
    public UntrustedServerException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** {@return the failed check} */
    public Reason reason() {
        return reason;
    }
}
