package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when a private key operation fails, for example because an HSM or key management service is
 * unreachable. The service has received no complete request. All calls can be retried, including the creation of jobs.
 * Pollers retry automatically.
 */
public final class PrivateKeyException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the failed operation
     * @param cause the error of the key's provider, or null
     */
    public PrivateKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** {@return true} */
    @Override
    public boolean isTransient() {
        return true;
    }
}
