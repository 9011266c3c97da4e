package io.github.signaturereactive.spring;

import io.github.signaturereactive.security.OrganizationCertificate;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the service is and as whom it is called. By default this is what the properties say. A test, or whatever starts a stand-in
 * for the service, declares a bean of its own; the properties for URL, trusted certificates and certificate then play no part.
 */
public interface SignatureConnectionDetails extends ConnectionDetails {

    /** The root URL of the API, or null for that of the configured environment. */
    default @Nullable URI serviceUrl() {
        return null;
    }

    /** Authorities that the server's certificate may lead to, besides those of the environment. Defaults to none. */
    default List<X509Certificate> trustedCertificates() {
        return List.of();
    }

    /** The enterprise certificate that identifies the organization and signs what it sends. Asked for once. */
    OrganizationCertificate organizationCertificate();
}
