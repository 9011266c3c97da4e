package io.github.signaturereactive.direct;

import java.util.Objects;

/**
 * How one signer of a direct job stands. An open set: values that this library does not know are kept as they came, and should be
 * logged and otherwise ignored.
 *
 * @param value the service's word for it
 */
public record SignerStatus(String value) {

    /** The signer has not signed yet. */
    public static final SignerStatus WAITING = new SignerStatus("WAITING");

    /** The signer rejected the job, and was sent to the rejection URL. */
    public static final SignerStatus REJECTED = new SignerStatus("REJECTED");

    /** The signer did not sign in time. */
    public static final SignerStatus EXPIRED = new SignerStatus("EXPIRED");

    /** Signing failed, and the signer was sent to the error URL. */
    public static final SignerStatus FAILED = new SignerStatus("FAILED");

    /** The signer has signed, and was sent to the completion URL. */
    public static final SignerStatus SIGNED = new SignerStatus("SIGNED");

    /** The service could not find out the signer's name. */
    public static final SignerStatus SIGNERS_NAME_NOT_AVAILABLE = new SignerStatus("SIGNERS_NAME_NOT_AVAILABLE");

    /** The job ended before the signer could act, because of something another signer did. */
    public static final SignerStatus NOT_APPLICABLE = new SignerStatus("NOT_APPLICABLE");

    /** Checks that there is a value. */
    public SignerStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
