package io.github.signaturereactive.job;

import java.net.URI;

/**
 * Where a signed document (PAdES) is downloaded.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record PAdESReference(URI url) {

    /** Checks that the URL is absolute. */
    public PAdESReference {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
    public static PAdESReference of(URI url) {
        return new PAdESReference(url);
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
