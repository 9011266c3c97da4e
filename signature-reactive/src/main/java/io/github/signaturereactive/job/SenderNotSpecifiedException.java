package io.github.signaturereactive.job;

/** Neither the job or call nor the configuration names a sender. */
public final class SenderNotSpecifiedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Reports it; nothing has been sent. */
    public SenderNotSpecifiedException() {
        super(
                "No sender: give the job one by withSender(..), or the configuration by defaultSender(..). Nothing was sent.",
                null);
    }
}
