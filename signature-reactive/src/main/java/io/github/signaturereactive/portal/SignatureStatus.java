package io.github.signaturereactive.portal;

import java.util.Objects;

/**
 * How one signer of a portal job stands. An open set: values that this library does not know are kept as they came, and should be logged and otherwise ignored.
 *
 * @param value the service's word for it
 */
public record SignatureStatus(String value) {

    /** The signer has not signed yet, or it is not the signer's turn. */
    public static final SignatureStatus WAITING = new SignatureStatus("WAITING");

    /** The signer rejected the job. */
    public static final SignatureStatus REJECTED = new SignatureStatus("REJECTED");

    /** The sender cancelled the job. */
    public static final SignatureStatus CANCELLED = new SignatureStatus("CANCELLED");

    /** The signer is reserved against digital communication from public authorities. */
    public static final SignatureStatus RESERVED = new SignatureStatus("RESERVED");

    /** No contact information was found for the signer. */
    public static final SignatureStatus CONTACT_INFORMATION_MISSING =
            new SignatureStatus("CONTACT_INFORMATION_MISSING");

    /** The signer did not sign in time. */
    public static final SignatureStatus EXPIRED = new SignatureStatus("EXPIRED");

    /** The signer has signed. */
    public static final SignatureStatus SIGNED = new SignatureStatus("SIGNED");

    /** The signer entered a wrong security code too many times. */
    public static final SignatureStatus BLOCKED = new SignatureStatus("BLOCKED");

    /** The service could not find out the signer's name. */
    public static final SignatureStatus SIGNERS_NAME_NOT_AVAILABLE = new SignatureStatus("SIGNERS_NAME_NOT_AVAILABLE");

    /** The job ended before the signer could act, because of something another signer did. */
    public static final SignatureStatus NOT_APPLICABLE = new SignatureStatus("NOT_APPLICABLE");

    /** Checks that there is a value. */
    public SignatureStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
