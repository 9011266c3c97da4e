package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * No complete response arrived: the connection could not be made, broke, or timed out. The message says how far the request came.
 * Polls, status requests and downloads may be retried. After a failed create, check {@link #mayHaveBeenReceived()} first: creating
 * a job is not idempotent.
 */
public final class ServiceUnreachableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenReceived;

    /**
     * Creates the exception.
     *
     * @param message the request and what happened
     * @param mayHaveBeenReceived whether the service may have received the request
     * @param cause the error of the connection
     */
    public ServiceUnreachableException(String message, boolean mayHaveBeenReceived, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenReceived = mayHaveBeenReceived;
    }

    /**
     * Returns whether the service may have received the whole request and acted on it. False if no connection was made, or if it
     * was closed before the request was written.
     */
    public boolean mayHaveBeenReceived() {
        return mayHaveBeenReceived;
    }
}
