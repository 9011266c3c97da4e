package io.github.signaturereactive.direct;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A signer of a created direct job, and where the signer's browser is to be sent.
 *
 * @param personalIdentificationNumber the number that the job identified the signer by, or null
 * @param customIdentifier the sender's own identifier that the job identified the signer by, or null
 * @param signerUrl where your server gets a new redirect URL, or null if the service did not say; may be stored
 * @param redirectUrl where to send the signer's browser, exactly as it came; null if the service left it out. It works once: for
 *     each visit, ask for a new one
 */
public record DirectSignerResponse(
        @Nullable String personalIdentificationNumber,
        @Nullable String customIdentifier,
        @Nullable SignerUrl signerUrl,
        @Nullable URI redirectUrl)
        implements WithSignerUrl {

    /** What identifies the signer within the job, or null if the service left it out, as it may where there is only one. */
    public @Nullable String identifier() {
        return personalIdentificationNumber != null ? personalIdentificationNumber : customIdentifier;
    }

    /** Whether the signer is known by personal identification number. */
    public boolean isIdentifiedByPersonalIdentificationNumber() {
        return personalIdentificationNumber != null;
    }

    /** Whether the job identified the signer by this; blanks around it do not count, since messages may lose them. */
    public boolean hasIdentifier(String identifier) {
        return identifier.strip().equals(identifier());
    }

    /** Tells neither who it is nor where the browser is to be sent, which lets anyone sign. */
    @Override
    public String toString() {
        return "DirectSignerResponse[" + signerUrl + "]";
    }
}
