package io.github.signaturereactive.job;

import java.net.URI;

/**
 * The URL for confirming a status change. The service returns it in the element {@code confirmation-url}. It can be
 * stored and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record ConfirmationReference(URI url) implements Confirmable {

    /**
     * Creates the reference.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public ConfirmationReference {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a reference from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the reference
     * @throws IllegalArgumentException if the URL is not absolute
     */
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
