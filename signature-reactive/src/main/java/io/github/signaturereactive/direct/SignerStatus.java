package io.github.signaturereactive.direct;

import java.util.Objects;

/**
 * The status of one signer of a direct job. XSD type {@code direct-signer-status-value}. The service may add values.
 * Applications should log unknown values and otherwise ignore them.
 *
 * @param value the value in the response, unchanged
 */
public record SignerStatus(String value) {

    /** The signer has not signed yet. */
    public static final SignerStatus WAITING = new SignerStatus("WAITING");

    /** The signer rejected the job and was redirected to the rejection URL. */
    public static final SignerStatus REJECTED = new SignerStatus("REJECTED");

    /** The signer did not sign before the job expired. */
    public static final SignerStatus EXPIRED = new SignerStatus("EXPIRED");

    /** The signing ceremony failed, and the signer was redirected to the error URL. */
    public static final SignerStatus FAILED = new SignerStatus("FAILED");

    /** The signer has signed and was redirected to the completion URL. */
    public static final SignerStatus SIGNED = new SignerStatus("SIGNED");

    /** The service could not retrieve the signer's name. A new job may succeed. For authenticated signatures only. */
    public static final SignerStatus SIGNERS_NAME_NOT_AVAILABLE = new SignerStatus("SIGNERS_NAME_NOT_AVAILABLE");

    /** The job ended before the signer acted, for example because another signer rejected it. */
    public static final SignerStatus NOT_APPLICABLE = new SignerStatus("NOT_APPLICABLE");

    /**
     * Creates a status.
     *
     * @param value the value in the response
     */
    public SignerStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
