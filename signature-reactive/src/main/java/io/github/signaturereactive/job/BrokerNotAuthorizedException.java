package io.github.signaturereactive.job;

/**
 * An error emitted when the organization of the client certificate is not authorized to act on behalf of the sender.
 * The service returned error code {@code BROKER_NOT_AUTHORIZED}.
 */
public final class BrokerNotAuthorizedException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     */
    public BrokerNotAuthorizedException(Failure failure) {
        super(
                failure,
                "The organization of the client certificate is not authorized to act as broker for this sender; ask Posten to"
                        + " register it as a broker, or use the sender's own certificate.");
    }
}
