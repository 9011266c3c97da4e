package io.github.signaturereactive.portal;

import java.util.Objects;

/**
 * How a portal job stands. An open set: values that this library does not know are kept as they came.
 *
 * @param value the service's word for it
 */
public record PortalJobStatus(String value) {

    /** At least one signer has yet to act. */
    public static final PortalJobStatus IN_PROGRESS = new PortalJobStatus("IN_PROGRESS");

    /** All have signed. */
    public static final PortalJobStatus COMPLETED_SUCCESSFULLY = new PortalJobStatus("COMPLETED_SUCCESSFULLY");

    /** All have acted or lost the chance to, and not all have signed. */
    public static final PortalJobStatus FAILED = new PortalJobStatus("FAILED");

    /** Nothing has changed: the answer to a poll of an empty queue. */
    public static final PortalJobStatus NO_CHANGES = new PortalJobStatus("NO_CHANGES");

    /** Checks that there is a value. */
    public PortalJobStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
