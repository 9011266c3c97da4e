package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when the service, or a proxy or gateway in front of it, returns an unexpected response. The
 * constants are error codes that callers may handle specially.
 */
public class UnexpectedResponseException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** The organization of the client certificate is not authorized to act on behalf of the sender. */
    public static final String BROKER_NOT_AUTHORIZED = "BROKER_NOT_AUTHORIZED";

    /** The status query token of a direct job is wrong or has already been used. */
    public static final String INVALID_STATUS_QUERY_TOKEN = "INVALID_STATUS_QUERY_TOKEN";

    /** The status of a direct job was requested before the signer has completed the signing ceremony. */
    public static final String SIGNING_CEREMONY_NOT_COMPLETED = "SIGNING_CEREMONY_NOT_COMPLETED";

    private final boolean isTransient;
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
        this.isTransient = failure.isTransient();
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

    /**
     * {@return whether the HTTP status is 408, 429 or 5xx, but false for 5xx if a job may have been created}
     */
    @Override
    public boolean isTransient() {
        return isTransient;
    }
}
