package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * The token endpoint gave no access token, so the service itself has done nothing. Where the endpoint could not be reached at
 * all, this is a {@link ServiceUnreachableException} instead. A token that the service then does not accept is an {@link
 * UnexpectedResponseException} with status 401.
 */
public final class AccessTokenException extends SignatureException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final @Nullable String errorCode;

    /**
     * Reports an answer of the token endpoint.
     *
     * @param failure what was asked and what came back
     * @param explanation what the response means and what the caller can do, or null
     */
    public AccessTokenException(Failure failure, @Nullable String explanation) {
        super(explanation == null ? failure.description() : failure.description() + " " + explanation, null);
        this.httpStatus = failure.httpStatus();
        this.errorCode = failure.errorCode();
    }

    /** The HTTP status of the answer. It may be a success whose body could not be used. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The error code of OAuth 2.0, such as {@code invalid_client}, or null if there was none. */
    public @Nullable String errorCode() {
        return errorCode;
    }
}
