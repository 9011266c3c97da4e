package io.github.signaturereactive.asice;

import io.github.signaturereactive.security.OrganizationCertificate;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key with its certificate chain. */
record SigningKey(PrivateKey key, List<X509Certificate> chain) {

    /** The key of an organization. The name of its issuer needs escaping in XML. */
    static final SigningKey ORGANIZATION = make();

    OrganizationCertificate organization() {
        return OrganizationCertificate.fromPrivateKey(key, chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    private static SigningKey make() {
        try {
            X509Bundle root = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=Root & Sons \\<CA\\> \\\"1\\\", O=R\u00F8t AS, C=NO")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
            X509Bundle organization = new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=Organization, OID.2.5.4.97=NTRNO-123456789, C=NO")
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
                    .buildIssuedBy(root);
            return new SigningKey(
                    organization.getKeyPair().getPrivate(),
                    List.of(organization.getCertificate(), root.getCertificate()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
