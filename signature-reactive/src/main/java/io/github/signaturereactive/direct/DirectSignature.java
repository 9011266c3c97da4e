package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.XAdESReference;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The status of one signer of a direct job. Combines the elements {@code status} and {@code xades-url} of the response.
 *
 * @param signer the identifier of the signer in the job, or null if the response has none, which is possible for the
 *     only signer
 * @param status the status of the signer
 * @param since the time of the last change of the status, or null if the response has none
 * @param xAdESUrl the URL of the signer's signature, or null if it is not available
 */
public record DirectSignature(
        @Nullable String signer,
        SignerStatus status,
        @Nullable OffsetDateTime since,
        @Nullable XAdESReference xAdESUrl) {

    /**
     * Returns whether this is the status of the given signer. Leading and trailing blanks are ignored.
     *
     * @param signer the personal identification number or custom identifier in the job
     * @return whether the identifier is equal
     */
    public boolean isFrom(String signer) {
        return signer.strip().equals(this.signer);
    }

    /**
     * Returns whether the signer has the given status.
     *
     * @param status the status
     * @return whether the status is equal
     */
    public boolean is(SignerStatus status) {
        return this.status.equals(status);
    }

    /** {@return status, time and URL, without the identifier of the signer} */
    @Override
    public String toString() {
        return "DirectSignature[" + status + (since == null ? "" : " since " + since)
                + (xAdESUrl == null ? "" : ", " + xAdESUrl) + "]";
    }
}
