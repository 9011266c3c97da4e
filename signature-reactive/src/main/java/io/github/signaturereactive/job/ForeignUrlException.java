package io.github.signaturereactive.job;

/**
 * An error emitted when a URL has another scheme, host or port than the configured service. Nothing was sent, so the
 * client certificate is not presented to another server.
 */
public final class ForeignUrlException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param found scheme, host and port of the URL
     * @param expected scheme, host and port of the service
     */
    public ForeignUrlException(String found, String expected) {
        super(
                "The URL belongs to " + found + ", but the configured service is " + expected
                        + ". Nothing was sent. Check that the URL is from the same environment, and that it is not the redirect"
                        + " URL for the signer's browser.",
                null);
    }
}
