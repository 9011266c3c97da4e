package io.github.signaturereactive.job;

/** A new redirect URL was asked for, but the service gave no URL to ask for it at. Nothing was sent. */
public final class NoSignerUrlException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Reports such a signer. */
    public NoSignerUrlException() {
        super(
                "There is no URL to get a new redirect URL from: the service's answer did not hold one for this signer. Nothing"
                        + " was sent.",
                null);
    }
}
