package io.github.signaturereactive.direct;

import java.util.Objects;

/**
 * The status of a direct job. XSD type {@code direct-signature-job-status}. Values unknown to this library are kept
 * unchanged.
 *
 * @param value the value in the response
 */
public record DirectJobStatus(String value) {

    /** At least one signer has not acted yet. */
    public static final DirectJobStatus IN_PROGRESS = new DirectJobStatus("IN_PROGRESS");

    /** All signers have signed. */
    public static final DirectJobStatus COMPLETED_SUCCESSFULLY = new DirectJobStatus("COMPLETED_SUCCESSFULLY");

    /** No signer can act any more, and at least one has not signed. */
    public static final DirectJobStatus FAILED = new DirectJobStatus("FAILED");

    /** The polled queue was empty. This value is not part of the XSD; it stands for HTTP status 204. */
    public static final DirectJobStatus NO_CHANGES = new DirectJobStatus("NO_CHANGES");

    /**
     * Creates a status.
     *
     * @param value the value in the response
     */
    public DirectJobStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
