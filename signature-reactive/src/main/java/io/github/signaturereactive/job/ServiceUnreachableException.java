package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when no complete response was received: the connection could not be established, was closed, or
 * timed out. The message contains the progress of the request.
 */
public final class ServiceUnreachableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenReceived;
    private final boolean repeatable;

    /**
     * Creates the exception.
     *
     * @param message the request and what happened
     * @param mayHaveBeenReceived whether the service may have received the complete request
     * @param repeatable whether the service may receive the request twice without harm
     * @param cause the error of the connection, or null
     */
    public ServiceUnreachableException(
            String message, boolean mayHaveBeenReceived, boolean repeatable, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenReceived = mayHaveBeenReceived;
        this.repeatable = repeatable;
    }

    /**
     * {@return whether the service may have received the complete request and acted on it} False if no connection was
     * established, or if it was closed before the request was written.
     */
    public boolean mayHaveBeenReceived() {
        return mayHaveBeenReceived;
    }

    /** {@return false if a job may have been created, otherwise true} */
    @Override
    public boolean isTransient() {
        return repeatable || !mayHaveBeenReceived;
    }
}
