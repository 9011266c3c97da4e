package io.github.signaturereactive.job;

import java.net.URI;

/**
 * Where the documents of a job are deleted.
 *
 * @param url the URL as it came from the service, which may be stored and used again in another process
 */
public record DeleteDocumentsUrl(URI url) implements DocumentsDeletable {

    /** Checks that the URL is absolute. */
    public DeleteDocumentsUrl {
        Link.requireAbsolute(url);
    }

    /** The reference for a URL as it came from the service. */
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
