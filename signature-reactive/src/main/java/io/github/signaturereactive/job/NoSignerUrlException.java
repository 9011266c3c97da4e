package io.github.signaturereactive.job;

/**
 * An error emitted when a new redirect URL is requested for a signer without a {@linkplain
 * io.github.signaturereactive.direct.SignerUrl signer URL}. Nothing was sent.
 */
public final class NoSignerUrlException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NoSignerUrlException() {
        super(
                "No new redirect URL can be requested, because the service returned no href for this signer. Nothing was"
                        + " sent.",
                null);
    }
}
