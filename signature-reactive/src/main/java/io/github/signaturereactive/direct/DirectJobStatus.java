package io.github.signaturereactive.direct;

import java.util.Objects;

/**
 * How a direct job stands. An open set: values that this library does not know are kept as they came.
 *
 * @param value the service's word for it
 */
public record DirectJobStatus(String value) {

    /** At least one signer has yet to act. */
    public static final DirectJobStatus IN_PROGRESS = new DirectJobStatus("IN_PROGRESS");

    /** All have signed. */
    public static final DirectJobStatus COMPLETED_SUCCESSFULLY = new DirectJobStatus("COMPLETED_SUCCESSFULLY");

    /** All have acted or lost the chance to, and not all have signed. */
    public static final DirectJobStatus FAILED = new DirectJobStatus("FAILED");

    /** Nothing has changed: the answer to a poll of an empty queue. */
    public static final DirectJobStatus NO_CHANGES = new DirectJobStatus("NO_CHANGES");

    /** Checks that there is a value. */
    public DirectJobStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
