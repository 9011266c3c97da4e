package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when the service or the token endpoint rejects the client certificate during the TLS handshake. The
 * certificate is expired, or unknown to the environment, or was not sent. Test certificates work in test environments
 * only. The message describes the certificate and its expiry.
 */
public final class CertificateRejectedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the certificate that was sent, and what the caller can do
     * @param cause the TLS alert of the server, or null
     */
    public CertificateRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
