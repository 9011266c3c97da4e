package io.github.signaturereactive.job;

import java.net.URI;
import java.util.Objects;

/** Internal: validation and text form of URLs returned by the service. */
public final class Link {

    private Link() {}

    /**
     * Validates that a URL is absolute.
     *
     * @param url the URL
     * @throws IllegalArgumentException if the URL is not absolute; the message does not contain the URL
     */
    public static void requireAbsolute(URI url) {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("The URL must be absolute; use it exactly as the service returned it");
        }
    }

    /**
     * Returns a URL without query, fragment and user information, because these may contain a token.
     *
     * @param url the URL
     * @return scheme, host, port and path
     */
    public static String withoutQuery(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + Objects.toString(url.getRawPath(), "");
    }
}
