package io.github.signaturereactive.job;

import java.net.URI;

/**
 * The URL for downloading one signer's signature in XAdES format (XML). The service returns it in the element {@code
 * xades-url}. It can be stored and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record XAdESReference(URI url) {

    /**
     * Creates the reference.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public XAdESReference {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a reference from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the reference
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static XAdESReference of(URI url) {
        return new XAdESReference(url);
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
