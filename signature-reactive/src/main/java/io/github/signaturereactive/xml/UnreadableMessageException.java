package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/**
 * What came is not the message that was expected. The text names the element at fault and quotes nothing of what came,
 * which may be personal.
 */
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Long signatureJobId;

    UnreadableMessageException(String message, @Nullable Long signatureJobId) {
        super(message);
        this.signatureJobId = signatureJobId;
    }

    /** The service's number for the job that the message is about, or null if that could not be read either. */
    public @Nullable Long signatureJobId() {
        return signatureJobId;
    }
}
