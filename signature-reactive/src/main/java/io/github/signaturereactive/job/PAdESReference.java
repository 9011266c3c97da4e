package io.github.signaturereactive.job;

import java.net.URI;

/**
 * The URL for downloading a signed document in PAdES format (PDF). The service returns it in the element {@code
 * pades-url}. It can be stored and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record PAdESReference(URI url) {

    /**
     * Creates the reference.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public PAdESReference {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a reference from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the reference
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static PAdESReference of(URI url) {
        return new PAdESReference(url);
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
