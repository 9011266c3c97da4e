package io.github.signaturereactive.job;

/**
 * An error emitted or thrown when a call is impossible, as the client itself finds out. The service has received no
 * complete request. The message contains what is missing or wrong, and what the caller can do.
 */
public final class PreconditionException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** The reason why a call is impossible. */
    public enum Reason {
        /** Neither the job or call nor the client configuration has a sender. */
        NO_SENDER,
        /** The service returned no {@code cancellation-url} for the portal job. */
        NO_CANCELLATION_URL,
        /**
         * The service returned no {@code delete-documents-url} for the job. It returns one no earlier than 24 hours after
         * the last signature.
         */
        NO_DELETE_DOCUMENTS_URL,
        /**
         * The service returned no {@linkplain io.github.signaturereactive.direct.SignerUrl signer URL} for the signer, so
         * no new redirect URL can be requested.
         */
        NO_SIGNER_URL,
        /**
         * The URL has another scheme, host or port than the configured service. The client certificate is not presented
         * to another server.
         */
        FOREIGN_URL,
        /**
         * The documents of the job exceed {@link
         * io.github.signaturereactive.ClientConfiguration.Builder#maxJobSize maxJobSize}.
         */
        JOB_TOO_LARGE,
        /** The downloaded document exceeds the caller's limit for documents in memory. */
        DOCUMENT_TOO_LARGE
    }

    private final Reason reason;

    /**
     * Creates the exception.
     *
     * @param reason the reason
     * @param message the reason in detail, and what the caller can do
     */
    public PreconditionException(Reason reason, String message) {
        super(message, null);
        this.reason = reason;
    }

    /** {@return the reason why the call is impossible} */
    public Reason reason() {
        return reason;
    }
}
