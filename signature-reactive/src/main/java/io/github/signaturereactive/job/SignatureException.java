package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong between the caller and the service. The message says what was asked (method and path),
 * what came back, and what to do; it never holds a personal identification number, contact information, a token or a
 * key.
 *
 * <p>Bad input is not among these: builders refuse it at once with an {@link IllegalArgumentException} that names the
 * field and its limit. Nor is the failure of a document's own publisher, which reaches the caller as it is.
 */
public abstract class SignatureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignatureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
