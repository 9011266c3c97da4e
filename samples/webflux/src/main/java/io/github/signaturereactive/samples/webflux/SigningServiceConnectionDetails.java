package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/** The connection to a signing service in this process. */
record SigningServiceConnectionDetails(SigningService service) implements SignatureConnectionDetails {

    @Override
    public URI serviceUrl() {
        return service.url();
    }

    @Override
    public List<X509Certificate> trustedCertificates() {
        return List.of(service.certificateAuthority());
    }

    @Override
    public OrganizationCertificate organizationCertificate() {
        return OrganizationCertificate.fromPkcs12(
                service.clientCertificate().path(), service.clientCertificate().password());
    }
}
