package io.github.signaturereactive.signingservice;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Where the signers' browsers go.
 *
 * @param root what all addresses begin with; known when the service listens
 */
record SigningAddress(Supplier<URI> root) {

    /** The address that works once. */
    URI redirectUrl(String redirect) {
        return URI.create(root.get() + "/redirect/" + redirect);
    }

    /** The address of the page that it leads to, for as long as the signer needs it. */
    URI page(String visit) {
        return URI.create(root.get() + "/signing/" + visit);
    }
}
