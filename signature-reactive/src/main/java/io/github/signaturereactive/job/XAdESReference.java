package io.github.signaturereactive.job;

import java.net.URI;

/**
 * Where the signature of one signer (XAdES) is downloaded.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record XAdESReference(URI url) {

    /** Checks that the URL is absolute. */
    public XAdESReference {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
    public static XAdESReference of(URI url) {
        return new XAdESReference(url);
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
