package io.github.signaturereactive.signingservice.pages;

import java.net.URI;
import java.util.function.Supplier;

/**
 * The URLs of the signing pages.
 *
 * @param root the root URL, known when the service listens
 */
public record SigningUrls(Supplier<URI> root) {

    /** Returns a redirect URL, which works once. */
    public URI redirectUrl(String redirectKey) {
        return URI.create(root.get() + "/redirect/" + redirectKey);
    }

    /** Returns the URL of a signing page, which works repeatedly. */
    URI page(String pageKey) {
        return URI.create(root.get() + "/signing/" + pageKey);
    }
}
