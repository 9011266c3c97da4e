package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBMac1CalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class OrganizationCertificateTest {

    private static final String PASSWORD = "correct horse";
    private static final X509Bundle CLIENT = TestCertificates.client();

    @TempDir
    Path directory;

    @Test
    void readsPkcs12File() throws Exception {
        Path file = Files.write(directory.resolve("client.p12"), pkcs12(keyStore("client")));

        var certificate = OrganizationCertificate.fromPkcs12(file, PASSWORD);

        assertThat(certificate.certificate()).isEqualTo(CLIENT.getCertificate());
        assertThat(certificate.chain())
                .containsExactly(CLIENT.getCertificate(), TestCertificates.AUTHORITY.getCertificate());
        assertThat(certificate.privateKey()).isEqualTo(CLIENT.getKeyPair().getPrivate());
        assertThat(certificate.organizationNumber()).isEqualTo("123456789");
        assertThat(certificate.expiresAt())
                .isEqualTo(CLIENT.getCertificate().getNotAfter().toInstant());
    }

    @Test
    void readsPkcs12StreamWithoutClosingIt() throws Exception {
        class Watched extends ByteArrayInputStream {
            boolean closed;

            Watched(byte[] content) {
                super(content);
            }

            @Override
            public void close() {
                closed = true;
            }
        }
        var stream = new Watched(pkcs12(keyStore("client")));
        var certificate = OrganizationCertificate.fromPkcs12(stream, PASSWORD.toCharArray());
        assertThat(certificate.certificate()).isEqualTo(CLIENT.getCertificate());
        assertThat(stream.closed).isFalse();
    }

    @Test
    void toStringHasSubjectAndExpiry() {
        var certificate = TestCertificates.organization(CLIENT);
        assertThat(certificate)
                .hasToString("OrganizationCertificate["
                        + "CN=Testing AS,organizationIdentifier=NTRNO-123456789,O=Testing AS,C=NO, expires at "
                        + certificate.expiresAt() + "]");
    }

    @Test
    void findsKeyAmongCertificates() throws Exception {
        KeyStore keyStore = keyStore("the key");
        keyStore.setCertificateEntry("a certificate", TestCertificates.OTHER_AUTHORITY.getCertificate());
        assertThat(OrganizationCertificate.fromPkcs12(stream(keyStore), PASSWORD)
                        .certificate())
                .isEqualTo(CLIENT.getCertificate());
    }

    @Test
    void errorForMissingKeyListsEntries() throws Exception {
        KeyStore keyStore = empty("PKCS12");
        keyStore.setCertificateEntry("only-this", CLIENT.getCertificate());
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(stream(keyStore), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no private key")
                .hasMessageContaining("'only-this' (certificate of CN=Testing AS");
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(stream(empty("PKCS12")), PASSWORD))
                .hasMessageContaining("no private key. Its entries: none");
    }

    @Test
    void errorForSeveralKeysListsEntries() throws Exception {
        KeyStore keyStore = keyStore("one");
        keyStore.setKeyEntry(
                "two", CLIENT.getKeyPair().getPrivate(), PASSWORD.toCharArray(), CLIENT.getCertificatePath());
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(stream(keyStore), PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 private keys")
                .hasMessageContaining("'one' (key of CN=Testing AS")
                .hasMessageContaining("'two' (key of CN=Testing AS")
                .hasMessageContaining("fromKeyStore(keyStore, alias, password)");
        assertThat(OrganizationCertificate.fromKeyStore(keyStore, "two", PASSWORD)
                        .certificate())
                .isEqualTo(CLIENT.getCertificate());
    }

    @Test
    void rejectsWrongPasswordWithoutQuotingIt() throws Exception {
        Path file = Files.write(directory.resolve("client.p12"), pkcs12(keyStore("client")));
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(file, "battery staple"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " cannot be opened, because the password is wrong")
                .hasCauseInstanceOf(UnrecoverableKeyException.class)
                .hasStackTraceContaining("OrganizationCertificate.fromPkcs12")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("staple"));
        KeyStore ownPassword = empty("JCEKS");
        ownPassword.setKeyEntry(
                "client", CLIENT.getKeyPair().getPrivate(), "key's own".toCharArray(), CLIENT.getCertificatePath());
        assertThatThrownBy(() -> OrganizationCertificate.fromKeyStore(ownPassword, "client", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'client' cannot be decrypted")
                .hasMessageContaining("another password than the key store")
                .hasCauseInstanceOf(UnrecoverableKeyException.class);
    }

    @Test
    void errorForUnknownAliasListsEntries() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("BKS", new BouncyCastleProvider());
        keyStore.load(null, null);
        keyStore.setKeyEntry(
                "Company Key", CLIENT.getKeyPair().getPrivate(), PASSWORD.toCharArray(), CLIENT.getCertificatePath());
        keyStore.setCertificateEntry("Root", TestCertificates.AUTHORITY.getCertificate());
        assertThatThrownBy(() -> OrganizationCertificate.fromKeyStore(keyStore, "company key", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no entry 'company key'")
                .hasMessageContaining("This key store is case-sensitive and has 'Company Key'.")
                .hasMessageContaining("'Root' (certificate of CN=Testing CA");
        assertThatThrownBy(() -> OrganizationCertificate.fromKeyStore(keyStore, "Root", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Root' of the key store is a certificate without private key");
        assertThat(OrganizationCertificate.fromKeyStore(keyStore, "Company Key", PASSWORD)
                        .chain())
                .containsExactly(CLIENT.getCertificate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C:\\keys\\company.p12", "C:/keys/company.p12", "/etc/keys/company", "..\\..\\company", "a:b*?"})
    void findsAliasThatIsAPath(String alias) throws Exception {
        KeyStore keyStore = KeyStore.getInstance("BKS", new BouncyCastleProvider());
        keyStore.load(null, null);
        keyStore.setKeyEntry(
                alias, CLIENT.getKeyPair().getPrivate(), PASSWORD.toCharArray(), CLIENT.getCertificatePath());

        assertThat(OrganizationCertificate.fromKeyStore(keyStore, alias, PASSWORD)
                        .chain())
                .containsExactly(CLIENT.getCertificate());
        assertThatThrownBy(
                        () -> OrganizationCertificate.fromKeyStore(keyStore, alias.replace('\\', '/') + "/", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + alias + "'");
    }

    @Test
    void rejectsFilesOtherThanPkcs12() throws Exception {
        Path pem = Files.writeString(directory.resolve("client.pem"), CLIENT.getCertificatePEM());
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(pem, PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is PEM text, not a PKCS#12 file");
        Path rubbish = Files.writeString(directory.resolve("rubbish.p12"), "rubbish");
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(rubbish, PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(rubbish + " cannot be read as a PKCS#12 file");
        assertThatThrownBy(() -> OrganizationCertificate.fromPkcs12(directory.resolve("absent.p12"), PASSWORD))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.p12");
    }

    @Test
    void rejectsKeysOtherThanRsa() throws Exception {
        X509Bundle elliptic = new CertificateBuilder()
                .ecp256()
                .subject(TestCertificates.CLIENT)
                .buildIssuedBy(TestCertificates.AUTHORITY);
        KeyStore keyStore = empty("PKCS12");
        keyStore.setKeyEntry(
                "ec", elliptic.getKeyPair().getPrivate(), PASSWORD.toCharArray(), elliptic.getCertificatePath());
        assertThatThrownBy(() -> OrganizationCertificate.fromKeyStore(keyStore, "ec", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EC")
                .hasMessageContaining("RSA keys only");
    }

    @Test
    void rejectsCertificateOfOtherKey() throws Exception {
        KeyStore keyStore = empty("PKCS12");
        keyStore.setKeyEntry(
                "client",
                TestCertificates.OTHER_CLIENT_KEY.getPrivate(),
                PASSWORD.toCharArray(),
                CLIENT.getCertificatePath());
        assertThatThrownBy(() -> OrganizationCertificate.fromKeyStore(keyStore, "client", PASSWORD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no certificate of the private key. Its certificates: subject 'CN=Testing AS");
    }

    @Test
    void readsPkcs12WithRc2AndTripleDes() throws Exception {
        assertThat(OrganizationCertificate.fromPkcs12(new ByteArrayInputStream(legacyPkcs12()), PASSWORD)
                        .chain())
                .containsExactly(CLIENT.getCertificate(), TestCertificates.AUTHORITY.getCertificate());
    }

    @Test
    void readsPkcs12WithPbmac1() throws Exception {
        byte[] content = new PKCS12PfxPduBuilder()
                .addData(keyBag().build())
                .addData(certificateBag(CLIENT.getCertificate()))
                .build(
                        new BcPKCS12PBMac1CalculatorBuilder(new PBMAC1Params(
                                new AlgorithmIdentifier(
                                        PKCSObjectIdentifiers.id_PBKDF2,
                                        new PBKDF2Params(
                                                new byte[16],
                                                2048,
                                                32,
                                                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))),
                                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))),
                        PASSWORD.toCharArray())
                .getEncoded();
        assertThat(OrganizationCertificate.fromPkcs12(new ByteArrayInputStream(content), PASSWORD)
                        .certificate())
                .isEqualTo(CLIENT.getCertificate());
        assertThatThrownBy(
                        () -> OrganizationCertificate.fromPkcs12(new ByteArrayInputStream(content), "battery staple"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The PKCS#12 stream cannot be opened, because the password is wrong")
                .hasCauseInstanceOf(UnrecoverableKeyException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 29})
    void warnsOfExpiryWithin30Days(int days) {
        X509Bundle client = TestCertificates.client(
                TestCertificates.AUTHORITY,
                builder -> builder.notBefore(TestCertificates.inDays(-100)).notAfter(TestCertificates.inDays(days)));
        assertThat(warningsOf(client))
                .singleElement()
                .satisfies(warning -> assertThat(warning)
                        .startsWith("OrganizationCertificate[CN=Testing AS")
                        .containsAnyOf("has expired", "expires in " + (days - 1) + " days"));
    }

    @Test
    void warningHasRemainingDays() {
        var certificate = TestCertificates.organization(CLIENT);
        assertThat(certificate.warnings(certificate.expiresAt().minus(Duration.ofDays(31))))
                .isEmpty();
        assertThat(certificate.warnings(certificate.expiresAt().minus(Duration.ofDays(12))))
                .containsExactly("The certificate expires in 12 days. Replace it");
        assertThat(certificate.warnings(certificate.expiresAt().plusSeconds(1)))
                .containsExactly("The certificate has expired. Replace it, because the service will reject it");
        assertThat(certificate.warnings(
                        certificate.certificate().getNotBefore().toInstant().minusSeconds(1)))
                .singleElement()
                .satisfies(warning -> assertThat(warning).startsWith("The certificate is not valid before"));
    }

    @Test
    void warnsOfKeyUsageWithoutDigitalSignature() {
        X509Bundle encryption = TestCertificates.client(
                TestCertificates.AUTHORITY,
                builder -> builder.setKeyUsage(true, CertificateBuilder.KeyUsage.keyEncipherment));
        assertThat(warningsOf(encryption))
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("lacks digitalSignature"));
    }

    @Test
    void doesNotWarnOfValidCertificate() {
        assertThat(warningsOf(CLIENT)).isEmpty();
    }

    private static List<String> warningsOf(X509Bundle client) {
        var appender = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger(OrganizationCertificate.class);
        appender.start();
        logger.addAppender(appender);
        try {
            assertThat(TestCertificates.organization(client).certificate()).isEqualTo(client.getCertificate());
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static KeyStore keyStore(String alias) throws Exception {
        KeyStore keyStore = empty("PKCS12");
        keyStore.setKeyEntry(alias, CLIENT.getKeyPair().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
            CLIENT.getCertificate(), TestCertificates.AUTHORITY.getCertificate()
        });
        return keyStore;
    }

    private static KeyStore empty(String type) throws Exception {
        KeyStore keyStore = KeyStore.getInstance(type);
        keyStore.load(null, null);
        return keyStore;
    }

    private static InputStream stream(KeyStore keyStore) throws Exception {
        return new ByteArrayInputStream(pkcs12(keyStore));
    }

    private static byte[] pkcs12(KeyStore keyStore) throws Exception {
        var out = new ByteArrayOutputStream();
        keyStore.store(out, PASSWORD.toCharArray());
        return out.toByteArray();
    }

    /** Creates a file like OpenSSL 1 and Windows: the key is encrypted with triple DES, the certificates with 40-bit RC2. */
    private static byte[] legacyPkcs12() throws Exception {
        return new PKCS12PfxPduBuilder()
                .addEncryptedData(
                        new BcPKCS12PBEOutputEncryptorBuilder(
                                        PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC,
                                        CBCBlockCipher.newInstance(new RC2Engine()))
                                .build(PASSWORD.toCharArray()),
                        new PKCS12SafeBag[] {
                            certificateBag(CLIENT.getCertificate()),
                            certificateBag(TestCertificates.AUTHORITY.getCertificate())
                        })
                .addData(keyBag().build())
                .build(new BcPKCS12MacCalculatorBuilder(), PASSWORD.toCharArray())
                .getEncoded();
    }

    private static PKCS12SafeBagBuilder keyBag() {
        return new JcaPKCS12SafeBagBuilder(
                        CLIENT.getKeyPair().getPrivate(),
                        new BcPKCS12PBEOutputEncryptorBuilder(
                                        PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                                        CBCBlockCipher.newInstance(new DESedeEngine()))
                                .build(PASSWORD.toCharArray()))
                .addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString("client"))
                .addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(new byte[] {1}));
    }

    private static PKCS12SafeBag certificateBag(X509Certificate certificate) throws Exception {
        var bag = new PKCS12SafeBagBuilder(new JcaX509CertificateHolder(certificate));
        if (certificate.equals(CLIENT.getCertificate())) {
            bag.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, new DEROctetString(new byte[] {1}));
        }
        return bag.build();
    }
}
