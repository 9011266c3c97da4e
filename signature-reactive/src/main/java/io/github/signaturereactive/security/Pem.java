package io.github.signaturereactive.security;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Reads certificates and private keys from PEM text (RFC 7468). */
final class Pem {

    private static final Map<ASN1ObjectIdentifier, String> OTHER_KEYS = Map.of(
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            X9ObjectIdentifiers.id_dsa, "DSA",
            PKCSObjectIdentifiers.id_RSASSA_PSS, "RSASSA-PSS",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519",
            EdECObjectIdentifiers.id_Ed448, "Ed448");

    private Pem() {}

    /** Returns all certificates in the text. Throws if it has none. */
    static List<X509Certificate> certificates(String source, String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (Object block : blocks(source, text)) {
                if (block instanceof X509CertificateHolder certificate) {
                    certificates.add(X509.certificate(certificate.getEncoded()));
                } else if (block instanceof X509TrustedCertificateBlock certificate) {
                    certificates.add(
                            X509.certificate(certificate.getCertificateHolder().getEncoded()));
                }
            }
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(source + " has a certificate that cannot be decoded", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(source + " has no PEM certificate (-----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /** Returns the private key in the text. Reads PKCS#1 and PKCS#8, plain and encrypted. Throws unless it has one. */
    static PrivateKey privateKey(String source, String text, @Nullable String password) {
        List<Object> keys =
                blocks(source, text).stream().filter(Pem::isPrivateKey).toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(source + " has no PEM private key (-----BEGIN PRIVATE KEY-----)");
        }
        if (keys.size() > 1) {
            throw new IllegalArgumentException(source + " has " + keys.size() + " private keys, but must have one");
        }
        PrivateKeyInfo key = decrypted(source, keys.get(0), password);
        ASN1ObjectIdentifier algorithm = key.getPrivateKeyAlgorithm().getAlgorithm();
        if (!PKCSObjectIdentifiers.rsaEncryption.equals(algorithm)) {
            String name = OTHER_KEYS.get(algorithm);
            throw OrganizationCertificate.notRsa(source, name == null ? algorithm.getId() : name);
        }
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(source + " has a private key that cannot be decoded", e);
        }
    }

    private static boolean isPrivateKey(Object block) {
        return block instanceof PEMKeyPair
                || block instanceof PEMEncryptedKeyPair
                || block instanceof PrivateKeyInfo
                || block instanceof PKCS8EncryptedPrivateKeyInfo;
    }

    private static PrivateKeyInfo decrypted(String source, Object key, @Nullable String password) {
        if (key instanceof PrivateKeyInfo plain) {
            return plain;
        }
        if (key instanceof PEMKeyPair plain) {
            return plain.getPrivateKeyInfo();
        }
        if (password == null) {
            throw new IllegalArgumentException(
                    "The private key in " + source + " is encrypted. Provide its password",
                    new UnrecoverableKeyException("There is no password"));
        }
        Provider provider = new BouncyCastleProvider();
        try {
            if (key instanceof PEMEncryptedKeyPair encrypted) {
                return encrypted
                        .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(provider)
                                .build(password.toCharArray()))
                        .getPrivateKeyInfo();
            }
            return ((PKCS8EncryptedPrivateKeyInfo) key)
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(provider)
                            .build(password.toCharArray()));
        } catch (IOException | PKCSException | OperatorCreationException e) {
            var cause = new UnrecoverableKeyException("Decryption failed");
            cause.initCause(e);
            throw new IllegalArgumentException(
                    "The private key in " + source + " cannot be decrypted. The password may be wrong", cause);
        }
    }

    private static List<Object> blocks(String source, String text) {
        List<Object> blocks = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                blocks.add(block);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(source + " cannot be read as PEM text", e);
        }
        return blocks;
    }
}
