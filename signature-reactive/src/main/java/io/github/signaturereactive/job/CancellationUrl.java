package io.github.signaturereactive.job;

import java.net.URI;

/**
 * The URL for cancelling a portal job. The service returns it in the element {@code cancellation-url}. It can be stored
 * and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record CancellationUrl(URI url) implements Cancellable {

    /**
     * Creates the reference.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public CancellationUrl {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a reference from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the reference
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static CancellationUrl of(URI url) {
        return new CancellationUrl(url);
    }

    @Override
    public CancellationUrl cancellationUrl() {
        return this;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
