package io.github.signaturereactive.direct;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A signer in the response to the creation of a direct job, or to a request for a new redirect URL. Element {@code
 * signer} or {@code direct-signer-response}.
 *
 * @param personalIdentificationNumber the personal identification number of the signer, or null
 * @param customIdentifier the custom identifier of the signer, or null
 * @param signerUrl the URL for requesting a new redirect URL, or null if the response has none; it can be stored
 * @param redirectUrl the URL to redirect the signer's browser to, exactly as the service returned it, or null if the
 *     response has none; it works once, so request a new one for each redirect
 */
public record DirectSignerResponse(
        @Nullable String personalIdentificationNumber,
        @Nullable String customIdentifier,
        @Nullable SignerUrl signerUrl,
        @Nullable URI redirectUrl)
        implements WithSignerUrl {

    /**
     * {@return the personal identification number or the custom identifier, or null if the response has none, which is
     * possible for the only signer}
     */
    public @Nullable String identifier() {
        return personalIdentificationNumber != null ? personalIdentificationNumber : customIdentifier;
    }

    /** {@return whether the signer is identified by personal identification number} */
    public boolean isIdentifiedByPersonalIdentificationNumber() {
        return personalIdentificationNumber != null;
    }

    /**
     * Returns whether the signer has the given identifier. Leading and trailing blanks are ignored, because XML
     * processing may remove them.
     *
     * @param identifier the personal identification number or custom identifier in the job
     * @return whether the identifier is equal
     */
    public boolean hasIdentifier(String identifier) {
        return identifier.strip().equals(identifier());
    }

    /** {@return the signer URL, without identifier and redirect URL} The redirect URL allows anyone to sign. */
    @Override
    public String toString() {
        return "DirectSignerResponse[" + signerUrl + "]";
    }
}
