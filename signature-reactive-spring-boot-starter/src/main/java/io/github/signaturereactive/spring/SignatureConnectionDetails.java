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

    /** Where access tokens come from, if the properties ask for them, or null for the token endpoint of the configured environment. */
    default @Nullable URI tokenEndpoint() {
        return null;
    }

    /**
     * Authorities that the certificate of {@link #tokenEndpoint()} has to lead to, instead of those that the Java runtime trusts.
     * Defaults to none, which leaves the Java runtime's.
     */
    default List<X509Certificate> tokenEndpointTrustedCertificates() {
        return List.of();
    }

    /** The enterprise certificate that identifies the organization and signs what it sends. Asked for once. */
    OrganizationCertificate organizationCertificate();
}
