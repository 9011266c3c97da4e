package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The server, or the token endpoint, refused the client certificate in the TLS handshake: it is expired, unknown to the
 * environment (test certificates work in test environments only), or none was presented. The message names the certificate that was
 * offered and when it expires.
 */
public final class CertificateRejectedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports a refused client certificate.
     *
     * @param message the certificate that was offered, and what to do
     * @param cause the alert of the server
     */
    public CertificateRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
