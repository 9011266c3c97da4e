package io.github.signaturereactive.job;

import java.net.URI;

/**
 * Where the receipt of a status change is confirmed.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record ConfirmationReference(URI url) implements Confirmable {

    /** Checks that the URL is absolute. */
    public ConfirmationReference {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
    public static ConfirmationReference of(URI url) {
        return new ConfirmationReference(url);
    }

    @Override
    public ConfirmationReference confirmationReference() {
        return this;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
