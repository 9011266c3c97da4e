package io.github.signaturereactive.direct;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A signer of a direct job for which a new redirect URL can be requested. Implemented by the signer in a response and
 * by the stored URL.
 */
public interface WithSignerUrl {

    /**
     * Creates a signer URL, as {@link SignerUrl#of(URI)}.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the signer URL
     * @throws IllegalArgumentException if the URL is not absolute
     */
    static SignerUrl of(URI url) {
        return SignerUrl.of(url);
    }

    /** {@return the URL of the signer, or null if the service returned none} */
    @Nullable
    SignerUrl signerUrl();
}
