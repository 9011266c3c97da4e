package io.github.signaturereactive.job;

/** An error that occurs when neither the job or call nor the client configuration has a sender. Nothing was sent. */
public final class SenderNotSpecifiedException extends SignatureException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public SenderNotSpecifiedException() {
        super(
                "There is no sender: configure withSender(..) on the job, or defaultSender(..) on the ClientConfiguration. Nothing was"
                        + " sent.",
                null);
    }
}
