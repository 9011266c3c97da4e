package io.github.signaturereactive.xml;

import org.jspecify.annotations.Nullable;

/**
 * A response body is not the expected message. The exception message names the invalid element. It has no content of the body, which
 * may be personal data.
 */
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Null if the message has no readable id. */
    private final @Nullable Long signatureJobId;

    UnreadableMessageException(String root, String reason, @Nullable Long signatureJobId) {
        super("The message cannot be read as <" + root + ">: " + reason);
        this.signatureJobId = signatureJobId;
    }

    /**
     * Returns the {@code signature-job-id} of the message.
     *
     * @return the job's id, or null if it could not be read
     */
    public @Nullable Long signatureJobId() {
        return signatureJobId;
    }
}
