package io.github.signaturereactive.job;

import java.net.URI;

/**
 * Where a job is cancelled.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record CancellationUrl(URI url) implements Cancellable {

    /** Checks that the URL is absolute. */
    public CancellationUrl {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
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
