package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The service, or something in front of it, answered with another response than the expected one. The subclasses are responses that
 * callers handle specially.
 */
public class UnexpectedResponseException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final @Nullable String errorCode;
    private final @Nullable String errorMessage;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     * @param explanation what the response means and what the caller can do, or null
     */
    public UnexpectedResponseException(Failure failure, @Nullable String explanation) {
        super(explanation == null ? failure.description() : failure.description() + " " + explanation, null);
        this.httpStatus = failure.httpStatus();
        this.errorCode = failure.errorCode();
        this.errorMessage = failure.errorMessage();
    }

    /** Returns the HTTP status of the response. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Returns the service's error code, such as {@code ASICE_VALIDATION_FAILED}, or null if it gave none. */
    public @Nullable String errorCode() {
        return errorCode;
    }

    /** Returns the service's error message with personal data masked, or null if it gave none. */
    public @Nullable String errorMessage() {
        return errorMessage;
    }
}
