package io.github.signaturereactive.job;

/** There is no cancellation URL: the service does not offer to cancel the job, or not any longer. */
public final class NotCancellableException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Reports it; nothing has been sent. */
    public NotCancellableException() {
        super("This job cannot be cancelled: the service gave no cancellation URL for it. Nothing was sent.", null);
    }
}
