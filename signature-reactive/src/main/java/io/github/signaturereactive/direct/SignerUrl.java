package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Link;
import java.net.URI;

/**
 * The URL of a signer of a direct job, for requesting a new redirect URL. The service returns it in the attribute
 * {@code href} of the element {@code signer}. It is for the sender's server, not for the signer's browser. It can be
 * stored and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record SignerUrl(URI url) implements WithSignerUrl {

    /**
     * Creates the signer URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public SignerUrl {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a signer URL from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the signer URL
     * @throws IllegalArgumentException if the URL is not absolute
     */
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
