package io.github.signaturereactive.spring;

import io.github.signaturereactive.security.OrganizationCertificate;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to connect to the service: its URLs, the certificate authorities to trust, and the enterprise certificate. By default
 * they come from properties. If the application or a test declares a bean of this type, these properties are ignored:
 *
 * <ul>
 *   <li>{@code signature.service-url} and {@code signature.trusted-certificates}
 *   <li>{@code signature.certificate.*} and {@code signature.ssl.*}
 *   <li>{@code signature.access-tokens.token-endpoint} and {@code signature.access-tokens.trusted-certificates}
 * </ul>
 */
public interface SignatureConnectionDetails extends ConnectionDetails {

    /**
     * Returns the root URL of the API. Must be an {@code https} URL. {@code http} is accepted for loopback addresses only.
     *
     * @return the URL, or null (the default) for the URL of the environment
     */
    default @Nullable URI serviceUrl() {
        return null;
    }

    /** {@return the certificate authorities to trust for the API, in addition to those of the environment} Defaults to none. */
    default List<X509Certificate> trustedCertificates() {
        return List.of();
    }

    /**
     * Returns the URL of the token endpoint. Used if {@code signature.access-tokens.client-id} is set.
     *
     * @return the URL, or null (the default) for the URL of the environment
     */
    default @Nullable URI tokenEndpoint() {
        return null;
    }

    /**
     * Returns the certificate authorities to trust for {@link #tokenEndpoint()}. They replace those of the Java runtime. Must be empty if
     * there is no such URL. Defaults to none, which means those of the Java runtime.
     *
     * @return the authorities
     */
    default List<X509Certificate> tokenEndpointTrustedCertificates() {
        return List.of();
    }

    /**
     * Returns the enterprise certificate, which identifies the organization and signs document bundles. Called once, while the client is
     * created.
     *
     * @return the certificate
     */
    OrganizationCertificate organizationCertificate();
}
