package io.github.signaturereactive.security;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

/** Certificates for tests. The few RSA keys are shared, because generating them is slow. */
final class TestCertificates {

    static final KeyPair SERVER_KEY = rsa();
    static final KeyPair CLIENT_KEY = rsa();
    static final KeyPair OTHER_CLIENT_KEY = rsa();

    static final X509Bundle AUTHORITY = authority("Testing CA");
    static final X509Bundle OTHER_AUTHORITY = authority("Some Other CA");

    /** The subject of the API server. Its certificate is not issued for a host name. */
    static final String POSTEN = "CN=Posten Norge AS,OID.2.5.4.97=NTRNO-984661185,O=Posten Norge AS,C=NO";

    static final String CLIENT = "CN=Testing AS,OID.2.5.4.97=NTRNO-123456789,O=Testing AS,C=NO";

    private TestCertificates() {}

    static X509Bundle server(X509Bundle authority, String subject, UnaryOperator<CertificateBuilder> change) {
        return issue(authority, change.apply(builder(subject, SERVER_KEY).addExtendedKeyUsageServerAuth()));
    }

    static X509Bundle server(X509Bundle authority, String subject) {
        return server(authority, subject, same -> same);
    }

    static X509Bundle client(X509Bundle authority, UnaryOperator<CertificateBuilder> change) {
        return issue(authority, change.apply(builder(CLIENT, CLIENT_KEY)));
    }

    static X509Bundle client() {
        return client(AUTHORITY, same -> same);
    }

    static CertificateBuilder expired(CertificateBuilder builder) {
        return builder.notBefore(inDays(-20)).notAfter(inDays(-10));
    }

    static CertificateBuilder notYetValid(CertificateBuilder builder) {
        return builder.notBefore(inDays(10)).notAfter(inDays(20));
    }

    static X509Bundle intermediate(X509Bundle authority, UnaryOperator<CertificateBuilder> change) {
        return issue(
                authority,
                change.apply(new CertificateBuilder()
                        .keyPair(OTHER_CLIENT_KEY)
                        .subject("CN=Testing Issuing CA,C=NO")
                        .setIsCertificateAuthority(true)));
    }

    static CertificateBuilder builder(String subject, KeyPair keyPair) {
        return new CertificateBuilder()
                .keyPair(keyPair)
                .subject(subject)
                .notBefore(inDays(-1))
                .notAfter(inDays(365))
                .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature);
    }

    static OrganizationCertificate organization(X509Bundle client) {
        return OrganizationCertificate.fromPem(client.getCertificatePathPEM(), client.getPrivateKeyPEM(), null);
    }

    static Instant inDays(int days) {
        return Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    }

    static X509Bundle issue(X509Bundle authority, CertificateBuilder builder) {
        try {
            return builder.buildIssuedBy(authority);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Bundle authority(String name) {
        try {
            return new CertificateBuilder()
                    .rsa2048()
                    .subject("CN=" + name + ",C=NO")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
