package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.spec.ECGenParameterSpec;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrganizationCertificateFromPemTest {

    private static final String PASSWORD = "correct horse";
    private static final X509Bundle CLIENT = TestCertificates.client();
    private static final PrivateKey KEY = CLIENT.getKeyPair().getPrivate();
    private static final String CHAIN = CLIENT.getCertificatePEM() + CLIENT.getRootCertificatePEM();

    @TempDir
    Path directory;

    static Stream<Arguments> keys() {
        return Stream.concat(
                Stream.of(
                        Arguments.of("PKCS#8", pkcs8(), null),
                        Arguments.of("PKCS#8, with a password that is not needed", pkcs8(), PASSWORD),
                        Arguments.of("PKCS#1", pkcs1(), null)),
                encryptedKeys());
    }

    static Stream<Arguments> encryptedKeys() {
        return Stream.of(
                Arguments.of("PKCS#8, AES-256", encryptedPkcs8(PKCS8Generator.AES_256_CBC), PASSWORD),
                Arguments.of("PKCS#8, triple DES", encryptedPkcs8(PKCS8Generator.DES3_CBC), PASSWORD),
                Arguments.of("PKCS#8, PKCS#12's triple DES", encryptedPkcs8(PKCS8Generator.PBE_SHA1_3DES), PASSWORD),
                Arguments.of("PKCS#8, PKCS#12's RC2", encryptedPkcs8(PKCS8Generator.PBE_SHA1_RC2_40), PASSWORD),
                Arguments.of("PKCS#1, AES-128", encryptedPkcs1("AES-128-CBC"), PASSWORD),
                Arguments.of("PKCS#1, triple DES", encryptedPkcs1("DES-EDE3-CBC"), PASSWORD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void readsAllFormatsOfKeys(String form, String key, String password) {
        var certificate = OrganizationCertificate.fromPem(CHAIN, key, password);
        assertThat(certificate.privateKey()).isEqualTo(KEY);
        assertThat(certificate.chain())
                .containsExactly(CLIENT.getCertificate(), TestCertificates.AUTHORITY.getCertificate());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encryptedKeys")
    void rejectsMissingAndWrongPassword(String form, String key, String password) {
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(CHAIN, key, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is encrypted. Provide its password")
                .hasCauseInstanceOf(UnrecoverableKeyException.class);
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(CHAIN, key, "battery staple"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The password may be wrong")
                .hasCauseInstanceOf(UnrecoverableKeyException.class);
    }

    @Test
    void readsCertificatesAndKeyFromOneFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("client.pem"),
                "Bag Attributes\n    friendlyName: client\n" + pkcs8() + "subject=/CN=Testing AS\n" + CHAIN);
        var certificate = OrganizationCertificate.fromPem(file, file, null);
        assertThat(certificate.certificate()).isEqualTo(CLIENT.getCertificate());
        assertThat(certificate.organizationNumber()).isEqualTo("123456789");
    }

    @Test
    void readsBytes() {
        var certificate = OrganizationCertificate.fromPem(
                CHAIN.getBytes(StandardCharsets.US_ASCII), pkcs8().getBytes(StandardCharsets.US_ASCII), null);
        assertThat(certificate.certificate()).isEqualTo(CLIENT.getCertificate());
    }

    @Test
    void ordersChainAndOmitsOtherCertificates() {
        X509Bundle issuing = TestCertificates.intermediate(TestCertificates.AUTHORITY, same -> same);
        X509Bundle client = TestCertificates.client(issuing, same -> same);
        String chain = TestCertificates.OTHER_AUTHORITY.getCertificatePEM()
                + TestCertificates.AUTHORITY.getCertificatePEM()
                + client.getCertificatePEM()
                + issuing.getCertificatePEM();
        assertThat(OrganizationCertificate.fromPem(chain, pkcs8(), null).chain())
                .containsExactly(
                        client.getCertificate(), issuing.getCertificate(), TestCertificates.AUTHORITY.getCertificate());
    }

    @Test
    void rejectsTextWithoutKeyOrCertificate() {
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(CHAIN, CHAIN, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text of the key has no PEM private key (-----BEGIN PRIVATE KEY-----)");
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(pkcs8(), pkcs8(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no PEM certificate");
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(CHAIN, pkcs8() + pkcs1(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 2 private keys");
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(CHAIN, pkcs8().replace("MII", "!!"), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsCertificateOfOtherKey() {
        assertThatThrownBy(() ->
                        OrganizationCertificate.fromPem(TestCertificates.AUTHORITY.getCertificatePEM(), pkcs8(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no certificate of the private key. Its certificates: subject 'CN=Testing CA");
    }

    @Test
    void rejectsKeysOtherThanRsa() throws Exception {
        X509Bundle elliptic = new CertificateBuilder()
                .ecp256()
                .subject(TestCertificates.CLIENT)
                .buildIssuedBy(TestCertificates.AUTHORITY);
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(
                        elliptic.getCertificatePEM(), elliptic.getPrivateKeyPEM(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a key for EC, but the service accepts RSA keys only");

        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String sec1 = pem(new JcaMiscPEMGenerator(generator.generateKeyPair().getPrivate()));
        assertThat(sec1).contains("BEGIN EC PRIVATE KEY");
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(elliptic.getCertificatePEM(), sec1, null))
                .hasMessageContaining("a key for EC, but the service accepts RSA keys only");

        var edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String ed25519 = pem(new PemObject("PRIVATE KEY", edwards.getPrivate().getEncoded()));
        assertThatThrownBy(() -> OrganizationCertificate.fromPem(elliptic.getCertificatePEM(), ed25519, null))
                .hasMessageContaining("a key for Ed25519");
    }

    private static String pkcs8() {
        return pem(new PemObject("PRIVATE KEY", KEY.getEncoded()));
    }

    private static String pkcs1() {
        try {
            byte[] rsa = PrivateKeyInfo.getInstance(KEY.getEncoded())
                    .parsePrivateKey()
                    .toASN1Primitive()
                    .getEncoded();
            return pem(new PemObject("RSA PRIVATE KEY", rsa));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encryptedPkcs8(ASN1ObjectIdentifier algorithm) {
        try {
            return pem(new JcaPKCS8Generator(
                    KEY,
                    new JceOpenSSLPKCS8EncryptorBuilder(algorithm)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword(PASSWORD.toCharArray())
                            .build()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encryptedPkcs1(String algorithm) {
        try {
            return pem(new JcaMiscPEMGenerator(
                    KEY,
                    new JcePEMEncryptorBuilder(algorithm)
                            .setProvider(new BouncyCastleProvider())
                            .build(PASSWORD.toCharArray())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PemObjectGenerator object) {
        var text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
