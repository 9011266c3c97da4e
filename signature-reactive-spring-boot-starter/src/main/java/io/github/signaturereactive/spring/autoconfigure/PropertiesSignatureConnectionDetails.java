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

/** What the properties say about the connection; all files are read when it is made. */
final class PropertiesSignatureConnectionDetails implements SignatureConnectionDetails {

    private static final String TRUSTED = "signature.trusted-certificates";

    private final @Nullable URI serviceUrl;
    private final List<X509Certificate> trustedCertificates;
    private final OrganizationCertificate organizationCertificate;

    PropertiesSignatureConnectionDetails(
            SignatureProperties properties, ConfiguredCertificate certificate, ResourceLoader resources) {
        this.organizationCertificate = certificate.read();
        this.serviceUrl = properties.serviceUrl();
        String trusted = properties.trustedCertificates();
        this.trustedCertificates = trusted == null ? List.of() : certificates(trusted, resources);
    }

    private static List<X509Certificate> certificates(String location, ResourceLoader resources) {
        try (InputStream pem = resources.getResource(location).getInputStream()) {
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw unusable(location, "holds no certificate", null);
            }
            return certificates;
        } catch (IOException e) {
            throw unusable(location, "cannot be read", e);
        } catch (CertificateException e) {
            throw unusable(location, "is not a PEM file of certificates", e);
        }
    }

    private static SignaturePropertyException unusable(String location, String why, @Nullable Exception cause) {
        return new SignaturePropertyException(
                TRUSTED,
                "'" + TRUSTED + "' is set to '" + location + "', which " + why + ".",
                "Set '" + TRUSTED
                        + "' to a PEM file with the authorities of the stand-in, or remove it: the service's own"
                        + " authorities are known.",
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
    public OrganizationCertificate organizationCertificate() {
        return organizationCertificate;
    }
}
