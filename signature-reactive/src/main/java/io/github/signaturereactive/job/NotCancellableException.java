package io.github.signaturereactive.job;

/**
 * An error emitted when a portal job cannot be cancelled, because the service returned no {@code cancellation-url}.
 * Nothing was sent.
 */
public final class NotCancellableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NotCancellableException() {
        super(
                "This job cannot be cancelled, because the service returned no cancellation-url. Nothing was sent.",
                null);
    }
}
