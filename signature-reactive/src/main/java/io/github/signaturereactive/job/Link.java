package io.github.signaturereactive.job;

import java.net.URI;
import java.util.Objects;

/** What all URLs that come from the service have in common, for the references that hold them. */
public final class Link {

    private Link() {}

    /**
     * Refuses a URL that leads nowhere by itself.
     *
     * @throws IllegalArgumentException if the URL is not absolute; it does not quote it
     */
    public static void requireAbsolute(URI url) {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("The URL must be absolute, as it came from the service");
        }
    }

    /** The URL without its query, fragment and user information, which may carry a token. */
    public static String withoutQuery(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + Objects.toString(url.getRawPath(), "");
    }
}
