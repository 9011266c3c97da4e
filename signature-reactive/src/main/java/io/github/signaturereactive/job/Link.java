package io.github.signaturereactive.job;

import java.net.URI;

/** What all URLs that come from the service have in common. */
final class Link {

    private Link() {}

    static void requireAbsolute(URI url) {
        if (!url.isAbsolute()) {
            throw new IllegalArgumentException("The URL must be absolute, as it came from the service");
        }
    }

    /** The URL without its query and user information, which may carry a token. */
    static String withoutQuery(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getRawPath();
    }
}
