package io.github.signaturereactive.signingservice.protocol;

import io.github.signaturereactive.signingservice.certificate.OrganizationNumber;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The client that sends a request.
 *
 * @param organizationNumber the organization that it acts as; empty if its certificate has no organization number
 * @param registered the certificate that its access token was issued for; empty if it sends no token
 */
public record Caller(String organizationNumber, Optional<X509Certificate> registered) {

    /** Returns the caller that has this certificate in the TLS handshake. */
    public static Caller of(X509Certificate certificate) {
        return new Caller(OrganizationNumber.of(certificate).orElse(""), Optional.empty());
    }
}
