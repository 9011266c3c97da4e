package io.github.signaturereactive.job;

import java.net.URI;

/**
 * The URL for deleting the documents of a job. The service returns it in the element {@code delete-documents-url}. It
 * can be stored and used by another process.
 *
 * @param url the absolute URL, exactly as the service returned it
 */
public record DeleteDocumentsUrl(URI url) implements DocumentsDeletable {

    /**
     * Creates the reference.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public DeleteDocumentsUrl {
        Link.requireAbsolute(url);
    }

    /**
     * Creates a reference from a stored URL.
     *
     * @param url the absolute URL, exactly as the service returned it
     * @return the reference
     * @throws IllegalArgumentException if the URL is not absolute
     */
    public static DeleteDocumentsUrl of(URI url) {
        return new DeleteDocumentsUrl(url);
    }

    @Override
    public DeleteDocumentsUrl deleteDocumentsUrl() {
        return this;
    }

    @Override
    public String toString() {
        return Link.withoutQuery(url);
    }
}
