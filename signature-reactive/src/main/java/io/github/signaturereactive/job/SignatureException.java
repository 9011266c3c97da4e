package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The base class of errors in the communication with the service. The message contains method and path of the request,
 * what happened, and what the caller can do. It contains no personal identification numbers, contact information,
 * tokens or keys.
 *
 * <p>Other errors are not subclasses. Builders throw an {@link IllegalArgumentException} for invalid values. If a
 * document cannot be read, creating the job emits the error of the document's publisher, or an {@link
 * java.io.UncheckedIOException} for a file.
 */
public abstract class SignatureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignatureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns whether the same call may succeed later and can be repeated without harm. Wait before the repetition, and
     * longer after each further error. Pollers repeat polls and confirmations automatically.
     *
     * @return true after an error of the connection or the private key, and after HTTP status 408, 429 and 5xx. False after
     *     other errors, and if the error leaves open whether the service has created a job
     */
    public boolean isTransient() {
        return false;
    }
}
