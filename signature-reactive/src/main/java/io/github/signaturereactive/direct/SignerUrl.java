package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Link;
import java.net.URI;

/**
 * Where a signer of a direct job is found by the sender's server, for instance to get a new redirect URL. Not for the signer's
 * browser, which is what redirect URLs are for.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record SignerUrl(URI url) implements WithSignerUrl {

    /** Checks that the URL is absolute. */
    public SignerUrl {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
    public static SignerUrl of(URI url) {
        return new SignerUrl(url);
    }

    @Override
    public SignerUrl signerUrl() {
        return this;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
