package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ResourceLoader;

/** Connection details from properties. The constructor reads all files. */
final class PropertiesSignatureConnectionDetails implements SignatureConnectionDetails {

    private final @Nullable URI serviceUrl;
    private final List<X509Certificate> trustedCertificates;
    private final @Nullable URI tokenEndpoint;
    private final List<X509Certificate> tokenEndpointTrustedCertificates;
    private final OrganizationCertificate organizationCertificate;

    PropertiesSignatureConnectionDetails(
            SignatureProperties properties, ConfiguredCertificate certificate, ResourceLoader resources) {
        this.organizationCertificate = certificate.read();
        this.serviceUrl = properties.serviceUrl();
        this.trustedCertificates =
                certificates("signature.trusted-certificates", properties.trustedCertificates(), resources);
        this.tokenEndpoint = properties.accessTokens().tokenEndpoint();
        this.tokenEndpointTrustedCertificates = certificates(
                "signature.access-tokens.trusted-certificates",
                properties.accessTokens().trustedCertificates(),
                resources);
    }

    private static List<X509Certificate> certificates(
            String property, @Nullable String location, ResourceLoader resources) {
        if (location == null) {
            return List.of();
        }
        try (InputStream pem = resources.getResource(location).getInputStream()) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw unusable(property, location, "contains no certificate", null);
            }
            return certificates;
        } catch (IOException e) {
            throw unusable(property, location, "cannot be read", e);
        } catch (CertificateException e) {
            throw unusable(property, location, "is not a PEM file of certificates", e);
        }
    }

    private static SignaturePropertyException unusable(
            String property, String location, String why, @Nullable Exception cause) {
        return new SignaturePropertyException(
                property,
                "'" + property + "' is set to '" + location + "', which " + why + ".",
                "Set '" + property
                        + "' to a PEM file with the certificate authorities of the test server, or remove it if there is no"
                        + " test server.",
                cause);
    }

    @Override
    public @Nullable URI serviceUrl() {
        return serviceUrl;
    }

    @Override
    public List<X509Certificate> trustedCertificates() {
        return trustedCertificates;
    }

    @Override
    public @Nullable URI tokenEndpoint() {
        return tokenEndpoint;
    }

    @Override
    public List<X509Certificate> tokenEndpointTrustedCertificates() {
        return tokenEndpointTrustedCertificates;
    }

    @Override
    public OrganizationCertificate organizationCertificate() {
        return organizationCertificate;
    }
}
