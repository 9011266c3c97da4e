package io.github.signaturereactive.portal;

import java.util.Objects;

/**
 * The status of a portal job. XSD type {@code portal-signature-job-status}. Values unknown to this library are kept
 * unchanged.
 *
 * @param value the value in the response
 */
public record PortalJobStatus(String value) {

    /** At least one signer has not acted yet. */
    public static final PortalJobStatus IN_PROGRESS = new PortalJobStatus("IN_PROGRESS");

    /** All signers have signed. */
    public static final PortalJobStatus COMPLETED_SUCCESSFULLY = new PortalJobStatus("COMPLETED_SUCCESSFULLY");

    /** No signer can act any more, and at least one has not signed. */
    public static final PortalJobStatus FAILED = new PortalJobStatus("FAILED");

    /** The polled queue was empty. This value is not part of the XSD; it stands for HTTP status 204. */
    public static final PortalJobStatus NO_CHANGES = new PortalJobStatus("NO_CHANGES");

    /**
     * Creates a status.
     *
     * @param value the value in the response
     */
    public PortalJobStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
