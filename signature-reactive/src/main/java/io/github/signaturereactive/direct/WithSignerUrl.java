package io.github.signaturereactive.direct;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Something that leads to a signer of a direct job: the signer as the service described it, or the stored URL. */
public interface WithSignerUrl {

    /** The signer with this URL, as {@link SignerUrl#of(URI)}. */
    static SignerUrl of(URI url) {
        return SignerUrl.of(url);
    }

    /** The signer's URL, or null if the service gave none. */
    @Nullable
    SignerUrl signerUrl();
}
