package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The private key of the client certificate failed, so nothing, or no complete request, was sent. A key in a file does not fail; a
 * key in hardware or in a key management service may, for instance while that is unreachable. Retry the call, jobs included; pollers
 * do so by themselves.
 */
public final class PrivateKeyException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was attempted with the key
     * @param cause the error of the key's provider
     */
    public PrivateKeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
