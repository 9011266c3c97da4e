package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.XAdESReference;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The status of one signer of a portal job. XSD type {@code signature}.
 *
 * @param signer the identifier of the signer, or {@link SignerIdentifier.Unknown}
 * @param status the status of the signer
 * @param since the time of the last change of the status, or null if the response has none
 * @param xAdESUrl the URL of the signer's signature, or null if it is not available
 */
public record PortalSignature(
        SignerIdentifier signer,
        SignatureStatus status,
        @Nullable OffsetDateTime since,
        @Nullable XAdESReference xAdESUrl) {

    /**
     * Returns whether the signer has the given status.
     *
     * @param status the status
     * @return whether the status is equal
     */
    public boolean is(SignatureStatus status) {
        return this.status.equals(status);
    }
}
