package io.github.signaturereactive.security;

import io.github.signaturereactive.job.UntrustedServerException.Reason;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Fails the handshake with an untrusted server. The TLS engine passes it on as a cause of the connection error. */
final class UntrustedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    UntrustedCertificateException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
