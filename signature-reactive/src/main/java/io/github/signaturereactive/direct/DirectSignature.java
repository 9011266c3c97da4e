package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.XAdESReference;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How one signer stands.
 *
 * @param signer what the job identified the signer by; null if the service left it out, as it may where there is only one
 * @param status how the signer stands
 * @param since since when, or null if the service did not say
 * @param xAdESUrl the signer's signature, or null if there is none (yet)
 */
public record DirectSignature(
        @Nullable String signer,
        SignerStatus status,
        @Nullable OffsetDateTime since,
        @Nullable XAdESReference xAdESUrl) {

    /** Whether the job identified the signer by this; blanks around it do not count, since messages may lose them. */
    public boolean isFrom(String signer) {
        return signer.strip().equals(this.signer);
    }

    /** Whether the signer stands so. */
    public boolean is(SignerStatus status) {
        return this.status.equals(status);
    }

    /** Does not tell who it is. */
    @Override
    public String toString() {
        return "DirectSignature[" + status + (since == null ? "" : " since " + since)
                + (xAdESUrl == null ? "" : ", " + xAdESUrl) + "]";
    }
}
