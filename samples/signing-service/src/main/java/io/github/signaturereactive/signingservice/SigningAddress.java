package io.github.signaturereactive.signingservice;

import java.net.URI;
import java.util.function.Supplier;

/**
 * The addresses of the signing pages.
 *
 * @param root the root of all addresses, known when the service listens
 */
record SigningAddress(Supplier<URI> root) {

    /** Returns a redirect URL, which works once. */
    URI redirectUrl(String redirect) {
        return URI.create(root.get() + "/redirect/" + redirect);
    }

    /** Returns the address of the signing page of a visit, which works repeatedly. */
    URI page(String visit) {
        return URI.create(root.get() + "/signing/" + visit);
    }
}
