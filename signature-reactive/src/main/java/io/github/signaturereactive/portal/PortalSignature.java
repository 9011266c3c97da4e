package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.XAdESReference;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How one signer stands.
 *
 * @param signer who it is, by what the job identified the signer
 * @param status how the signer stands
 * @param since since when, or null if the service did not say
 * @param xAdESUrl the signer's signature, or null if there is none (yet)
 */
public record PortalSignature(
        SignerIdentifier signer,
        SignatureStatus status,
        @Nullable OffsetDateTime since,
        @Nullable XAdESReference xAdESUrl) {

    /** Whether the signer stands so. */
    public boolean is(SignatureStatus status) {
        return this.status.equals(status);
    }
}
