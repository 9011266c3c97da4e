package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * An error emitted when the token endpoint returns no usable access token. The service has not acted on the request.
 *
 * <p>If the token endpoint cannot be reached, the error is a {@link ServiceUnreachableException} instead. If the
 * service rejects the access token, the error is an {@link UnexpectedResponseException} with HTTP status 401.
 */
public final class AccessTokenException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final boolean isTransient;
    private final int httpStatus;
    private final @Nullable String errorCode;

    /**
     * Creates the exception.
     *
     * @param failure the token request and its response
     * @param explanation the meaning of the response and what the caller can do, or null
     */
    public AccessTokenException(Failure failure, @Nullable String explanation) {
        super(explanation == null ? failure.description() : failure.description() + " " + explanation, null);
        this.isTransient = failure.isTransient();
        this.httpStatus = failure.httpStatus();
        this.errorCode = failure.errorCode();
    }

    /** {@return the HTTP status of the token response} It is 2xx if the response body was not usable. */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * {@return the {@code error} of the token response (RFC 6749 section 5.2), such as {@code invalid_client}, or null
     * if it has none}
     */
    public @Nullable String errorCode() {
        return errorCode;
    }

    /** {@return whether the HTTP status of the token response is 408, 429 or 5xx} */
    @Override
    public boolean isTransient() {
        return isTransient;
    }
}
