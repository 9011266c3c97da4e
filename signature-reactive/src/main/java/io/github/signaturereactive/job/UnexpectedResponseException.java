package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The service answered, but not with what was asked for. Its subclasses are the answers that callers handle in ways of
 * their own; everything else is this class itself.
 */
public class UnexpectedResponseException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final @Nullable String errorCode;
    private final @Nullable String errorMessage;

    /**
     * Reports an answer of the service.
     *
     * @param failure what was asked and what came back
     * @param advice what the caller can do about it
     */
    public UnexpectedResponseException(Failure failure, @Nullable String advice) {
        super(advice == null ? failure.description() : failure.description() + " " + advice, null);
        this.httpStatus = failure.httpStatus();
        this.errorCode = failure.errorCode();
        this.errorMessage = failure.errorMessage();
    }

    /** The HTTP status of the answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The service's own error code, such as {@code ASICE_VALIDATION_FAILED}, or null if it gave none. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    /** The service's own words about the error, or null if it gave none. */
    public @Nullable String errorMessage() {
        return errorMessage;
    }
}
