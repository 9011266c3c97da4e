package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when no complete response was received: the connection could not be established, was closed, or
 * timed out. The message contains the progress of the request. Polls, status requests and downloads can be retried.
 * Creating a job is not idempotent, so check {@link #mayHaveBeenReceived()} before a retry.
 */
public final class ServiceUnreachableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenReceived;

    /**
     * Creates the exception.
     *
     * @param message the request and what happened
     * @param mayHaveBeenReceived whether the service may have received the complete request
     * @param cause the error of the connection, or null
     */
    public ServiceUnreachableException(String message, boolean mayHaveBeenReceived, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenReceived = mayHaveBeenReceived;
    }

    /**
     * {@return whether the service may have received the complete request and acted on it} False if no connection was
     * established, or if it was closed before the request was written.
     */
    public boolean mayHaveBeenReceived() {
        return mayHaveBeenReceived;
    }
}
