package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when the service, or a proxy or gateway in front of it, returns an unexpected response. Subclasses
 * are for responses that callers handle specially.
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
     * @param explanation the meaning of the response and what the caller can do, or null
     */
    public UnexpectedResponseException(Failure failure, @Nullable String explanation) {
        super(explanation == null ? failure.description() : failure.description() + " " + explanation, null);
        this.httpStatus = failure.httpStatus();
        this.errorCode = failure.errorCode();
        this.errorMessage = failure.errorMessage();
    }

    /** {@return the HTTP status of the response} */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * {@return the {@code error-code} of the response, such as {@code ASICE_VALIDATION_FAILED}, or null if it has none}
     */
    public @Nullable String errorCode() {
        return errorCode;
    }

    /** {@return the {@code error-message} of the response with personal data masked, or null if it has none} */
    public @Nullable String errorMessage() {
        return errorMessage;
    }
}
