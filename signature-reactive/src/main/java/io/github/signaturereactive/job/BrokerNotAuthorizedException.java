package io.github.signaturereactive.job;

/** The organization of the certificate may not act on behalf of the sender in the request. */
public final class BrokerNotAuthorizedException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such an answer.
     *
     * @param failure what was asked and what came back
     */
    public BrokerNotAuthorizedException(Failure failure) {
        super(
                failure,
                "The organization in your certificate has not been authorized to act for this sender: ask Posten to register it as a broker, or use the sender's own certificate.");
    }
}
