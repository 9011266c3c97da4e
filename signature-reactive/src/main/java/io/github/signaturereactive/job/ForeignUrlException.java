package io.github.signaturereactive.job;

/** A URL leads away from the configured service, so the request, and with it the certificate, was not sent there. */
public final class ForeignUrlException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports such a URL.
     *
     * @param found scheme, host and port of the URL
     * @param expected scheme, host and port of the service
     */
    public ForeignUrlException(String found, String expected) {
        super(
                "The URL leads to " + found + ", but the configured service is " + expected
                        + ". Nothing was sent. Is the URL from another environment, or meant for the signer's browser?",
                null);
    }
}
