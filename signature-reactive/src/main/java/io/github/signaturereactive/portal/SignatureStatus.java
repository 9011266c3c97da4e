package io.github.signaturereactive.portal;

import java.util.Objects;

/**
 * The status of one signer of a portal job. XSD type {@code portal-signature-status-value}. The service may add values.
 * Applications should log unknown values and otherwise ignore them.
 *
 * @param value the value in the response, unchanged
 */
public record SignatureStatus(String value) {

    /** The signer has not signed yet, or cannot sign yet. */
    public static final SignatureStatus WAITING = new SignatureStatus("WAITING");

    /** The signer rejected the job. */
    public static final SignatureStatus REJECTED = new SignatureStatus("REJECTED");

    /** The sender cancelled the job. */
    public static final SignatureStatus CANCELLED = new SignatureStatus("CANCELLED");

    /**
     * The signer has opted out of digital communication from public authorities in the contact and reservation register
     * (KRR). The job fails. For public organizations only.
     */
    public static final SignatureStatus RESERVED = new SignatureStatus("RESERVED");

    /** The service found no contact information for the signer. */
    public static final SignatureStatus CONTACT_INFORMATION_MISSING =
            new SignatureStatus("CONTACT_INFORMATION_MISSING");

    /** The signer did not sign before the job expired. */
    public static final SignatureStatus EXPIRED = new SignatureStatus("EXPIRED");

    /** The signer has signed. */
    public static final SignatureStatus SIGNED = new SignatureStatus("SIGNED");

    /**
     * The signer entered a wrong security code too many times. For signers identified by e-mail address or mobile
     * number only.
     */
    public static final SignatureStatus BLOCKED = new SignatureStatus("BLOCKED");

    /**
     * The service could not retrieve the signer's name. A new job has the same result. For authenticated signatures
     * only.
     */
    public static final SignatureStatus SIGNERS_NAME_NOT_AVAILABLE = new SignatureStatus("SIGNERS_NAME_NOT_AVAILABLE");

    /** The job ended before the signer acted, for example because another signer rejected it. */
    public static final SignatureStatus NOT_APPLICABLE = new SignatureStatus("NOT_APPLICABLE");

    /**
     * Creates a status.
     *
     * @param value the value in the response
     */
    public SignatureStatus {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return value;
    }
}
