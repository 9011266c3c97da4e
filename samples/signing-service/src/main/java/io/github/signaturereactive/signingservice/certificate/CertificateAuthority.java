package io.github.signaturereactive.signingservice.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues the certificates of the service, its clients and its signers. */
public final class CertificateAuthority {

    /** Start of validity. It is early, so that certificates are valid for any clock that a test sets. */
    private static final Instant VALID_FROM = Instant.parse("2015-01-01T00:00:00Z");

    private static final Instant VALID_TO = Instant.parse("2049-12-31T23:59:59Z");
    private static final Instant EXPIRED_AT = Instant.parse("2020-01-01T00:00:00Z");

    private static final SecureRandom SERIAL_NUMBERS = new SecureRandom();

    private final Keys keys;
    private final X509Certificate certificate;

    private CertificateAuthority(Keys keys, String commonName) {
        this.keys = keys;
        X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "NO")
                .addRDN(BCStyle.O, "Signing service")
                .addRDN(BCStyle.CN, commonName)
                .build();
        this.certificate = issue(name, name, keys.publicKey(), VALID_TO, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        });
    }

    /** Returns the authority that the service and its clients trust. */
    public static CertificateAuthority trusted() {
        return Trusted.INSTANCE;
    }

    /** Returns an untrusted authority. */
    public static CertificateAuthority other() {
        return Other.INSTANCE;
    }

    /** Returns the authority of the token endpoint. It corresponds to the authorities that browsers trust. */
    public static CertificateAuthority web() {
        return Web.INSTANCE;
    }

    /** Returns the certificate of this authority. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Returns the authority's own certificate as PEM. */
    public String pem() {
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Issues a server certificate. If there are host names, the certificate is issued for them and for the addresses of
     * localhost.
     */
    public X509Certificate issueToServer(String organizationNumber, String name, List<String> hosts, boolean expired) {
        return issue(organization(organizationNumber, name), Keys.SERVER, expired, builder -> {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            if (!hosts.isEmpty()) {
                GeneralName[] names =
                        hosts.stream().map(CertificateAuthority::generalName).toArray(GeneralName[]::new);
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
        });
    }

    /** Issues a client certificate. It has no organization number if the given one is empty. */
    X509Certificate issueToClient(String organizationNumber, boolean expired) {
        return issue(
                organizationNumber.isEmpty()
                        ? person("Client of Digipost")
                        : organization(organizationNumber, "Organization " + organizationNumber),
                Keys.CLIENT,
                expired,
                builder -> builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));
    }

    /** Issues a personal certificate for one signature. */
    public X509Certificate issueToSigner(String name) {
        return issue(person(name), Keys.SIGNER, false, builder -> {});
    }

    private X509Certificate issue(X500Name subject, Keys subjectKeys, boolean expired, Extensions extensions) {
        X500Name issuer =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return issue(issuer, subject, subjectKeys.publicKey(), expired ? EXPIRED_AT : VALID_TO, builder -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
            extensions.addTo(builder);
        });
    }

    private X509Certificate issue(
            X500Name issuer, X500Name subject, PublicKey subjectKey, Instant validTo, Extensions extensions) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(64, SERIAL_NUMBERS).add(BigInteger.ONE),
                    Date.from(VALID_FROM),
                    Date.from(validTo),
                    subject,
                    subjectKey);
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
            extensions.addTo(builder);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.privateKey())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("Cannot issue a certificate to " + subject, e);
        }
    }

    /** Returns a subject as in current enterprise certificates, with the number in {@code organizationIdentifier}. */
    private static X500Name organization(String organizationNumber, String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "NO")
                .addRDN(BCStyle.O, name)
                .addRDN(BCStyle.CN, name)
                .addRDN(BCStyle.ORGANIZATION_IDENTIFIER, "NTRNO-" + organizationNumber)
                .build();
    }

    /** Returns a subject without an organization. */
    private static X500Name person(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "NO")
                .addRDN(BCStyle.CN, name)
                .build();
    }

    private static GeneralName generalName(String host) {
        boolean address = Character.digit(host.charAt(0), 10) >= 0;
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private interface Extensions {
        void addTo(X509v3CertificateBuilder builder) throws GeneralSecurityException, IOException;
    }

    private static final class Trusted {
        static final CertificateAuthority INSTANCE = new CertificateAuthority(Keys.AUTHORITY, "Signing service CA");
    }

    private static final class Web {
        static final CertificateAuthority INSTANCE =
                new CertificateAuthority(Keys.WEB_AUTHORITY, "Signing service web CA");
    }

    private static final class Other {
        static final CertificateAuthority INSTANCE =
                new CertificateAuthority(Keys.OTHER_AUTHORITY, "An authority nobody knows");
    }
}
