package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * No whole answer came: the connection could not be made, broke, or stayed silent for too long. The message says how
 * far it came. Reading (polls, status, downloads) may simply be tried again; where a job was being created, look at
 * {@link #mayHaveBeenReceived()} first, since creating the same job twice is not harmless.
 */
public final class ServiceUnreachableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveBeenReceived;

    /**
     * Reports a request without a whole answer.
     *
     * @param message what was asked and what happened
     * @param mayHaveBeenReceived whether the service may have got the request
     * @param cause the fault of the connection
     */
    public ServiceUnreachableException(String message, boolean mayHaveBeenReceived, @Nullable Throwable cause) {
        super(message, cause);
        this.mayHaveBeenReceived = mayHaveBeenReceived;
    }

    /**
     * Whether the service may have received the whole request and acted on it. False only where that is certain not to
     * be so, because no connection was made.
     */
    public boolean mayHaveBeenReceived() {
        return mayHaveBeenReceived;
    }
}
