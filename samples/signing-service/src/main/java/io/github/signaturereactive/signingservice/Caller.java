package io.github.signaturereactive.signingservice;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The client that sends a request.
 *
 * @param organizationNumber the organization that it acts as; empty if its certificate names none
 * @param registered the certificate that its access token was issued for, if it sends one
 */
record Caller(String organizationNumber, Optional<X509Certificate> registered) {

    /** A client that authenticates with a certificate in the TLS handshake. */
    static Caller of(X509Certificate certificate) {
        return new Caller(OrganizationNumber.of(certificate).orElse(""), Optional.empty());
    }
}
