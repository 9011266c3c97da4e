package io.github.signaturereactive;

import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.netty.pkitesting.CertificateBuilder;
import java.net.URI;

/** The organization that the tests are run as: an RSA certificate of its own making, and a client that uses it. */
final class TestOrganization {

    static final String NUMBER = "123456789";

    static final Sender SENDER = new Sender(NUMBER);

    static final OrganizationCertificate CERTIFICATE = certificate();

    private TestOrganization() {}

    private static OrganizationCertificate certificate() {
        try {
            var authority = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=Testing CA,C=NO")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            var issued = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=Testing AS,OID.2.5.4.97=NTRNO-" + NUMBER + ",O=Testing AS,C=NO")
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
                    .buildIssuedBy(authority);
            return OrganizationCertificate.fromPem(issued.getCertificatePathPEM(), issued.getPrivateKeyPEM(), null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A configuration that leads to a server on this machine, without TLS. */
    static ClientConfiguration.Builder configuration(URI serviceUrl) {
        return ClientConfiguration.builder(CERTIFICATE)
                .environment(ServiceEnvironment.DIFITEST.withServiceUrl(serviceUrl))
                .defaultSender(SENDER);
    }

    /** The configuration of a client of an embedded service, as its own organization. */
    static ClientConfiguration.Builder configuration(SigningService service) {
        return configuration(service, service.clientCertificate());
    }

    /** The configuration of a client of an embedded service, as the organization of the certificate. */
    static ClientConfiguration.Builder configuration(SigningService service, ClientCertificate certificate) {
        return ClientConfiguration.builder(
                        OrganizationCertificate.fromPkcs12(certificate.path(), certificate.password()))
                .environment(ServiceEnvironment.DIFITEST
                        .withServiceUrl(service.url())
                        .withTrusted(service.certificateAuthority()))
                .defaultSender(new Sender(certificate.organizationNumber()));
    }
}
