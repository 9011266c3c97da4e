package io.github.signaturereactive.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilderProvider;

/**
 * A private key and certificates.
 *
 * @param certificates the certificate of the key and others, in any order
 */
record KeyEntry(SigningKey key, List<X509Certificate> certificates) {

    /** Returns the private key of a PKCS#12 file, which must have one private key. */
    static KeyEntry ofPkcs12(String source, byte[] content, char[] password) {
        KeyStore keyStore = openPkcs12(source, content, password);
        try {
            List<String> keys = keyAliases(keyStore);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(source + " has no private key. Its entries: " + entries(keyStore));
            }
            if (keys.size() > 1) {
                throw new IllegalArgumentException(source + " has " + keys.size() + " private keys, but must have one."
                        + " Its entries: " + entries(keyStore)
                        + ". Select one with OrganizationCertificate.fromKeyStore(keyStore, alias, password)");
            }
            return read(keyStore, keys.get(0), password);
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(source + " cannot be read", e);
        }
    }

    /** Returns the private key with the alias. The key store decides whether aliases are case-sensitive. */
    static KeyEntry of(KeyStore keyStore, String alias, char[] password) {
        try {
            if (!keyStore.containsAlias(alias)) {
                String otherCase = Collections.list(keyStore.aliases()).stream()
                        .filter(alias::equalsIgnoreCase)
                        .findFirst()
                        .map(same -> " This key store is case-sensitive and has '" + same + "'.")
                        .orElse("");
                throw new IllegalArgumentException("The key store has no entry '" + alias + "'." + otherCase
                        + " Its entries: " + entries(keyStore));
            }
            if (!keyStore.isKeyEntry(alias)) {
                throw new IllegalArgumentException("The entry '" + alias
                        + "' of the key store is a certificate without private key. Its entries: "
                        + entries(keyStore));
            }
            return read(keyStore, alias, password);
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("The key store is not loaded. Call KeyStore.load first", e);
        }
    }

    private static KeyStore openPkcs12(String source, byte[] content, char[] password) {
        if (new String(content, 0, Math.min(content.length, 11), StandardCharsets.US_ASCII).equals("-----BEGIN ")) {
            throw new IllegalArgumentException(
                    source + " is PEM text, not a PKCS#12 file. Use OrganizationCertificate.fromPem");
        }
        try {
            return load(KeyStore.getInstance("PKCS12"), content, password);
        } catch (IOException | GeneralSecurityException e) {
            if (e.getCause() instanceof UnrecoverableKeyException cause) {
                throw wrongPassword(source, cause);
            }
            return openWithBouncyCastle(source, content, password, e);
        }
    }

    /** Opens files with algorithms that not every Java runtime supports, such as PBMAC1 (RFC 9579). */
    private static KeyStore openWithBouncyCastle(String source, byte[] content, char[] password, Exception inJava) {
        try {
            return load(KeyStore.getInstance("PKCS12", new BouncyCastleProvider()), content, password);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (isWrongPassword(content, password)) {
                var cause = new UnrecoverableKeyException("The MAC of the PKCS#12 file does not match the password");
                cause.initCause(e);
                throw wrongPassword(source, cause);
            }
            inJava.addSuppressed(e);
            throw new IllegalArgumentException(source + " cannot be read as a PKCS#12 file", inJava);
        }
    }

    /** Verifies the MAC of a PKCS#12 file (RFC 7292, section 5.1). */
    private static boolean isWrongPassword(byte[] content, char[] password) {
        try {
            var pfx = new PKCS12PfxPdu(content);
            return pfx.hasMac()
                    && !pfx.isMacValid(
                            new JcePKCS12MacCalculatorBuilderProvider().setProvider(new BouncyCastleProvider()),
                            password);
        } catch (IOException | PKCSException | RuntimeException e) {
            return false; // damaged, or an unsupported MAC algorithm
        }
    }

    private static KeyStore load(KeyStore keyStore, byte[] content, char[] password)
            throws IOException, GeneralSecurityException {
        keyStore.load(new ByteArrayInputStream(content), password);
        return keyStore;
    }

    private static IllegalArgumentException wrongPassword(String source, UnrecoverableKeyException cause) {
        return new IllegalArgumentException(source + " cannot be opened, because the password is wrong", cause);
    }

    private static KeyEntry read(KeyStore keyStore, String alias, char[] password) throws KeyStoreException {
        Key key;
        try {
            key = keyStore.getKey(alias, password);
        } catch (UnrecoverableKeyException e) {
            throw new IllegalArgumentException(
                    "The private key '" + alias
                            + "' cannot be decrypted. The password may be wrong, or the key may have"
                            + " another password than the key store",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(
                    "The private key '" + alias + "' is encrypted with an algorithm that this Java runtime does not"
                            + " support",
                    e);
        }
        if (!(key instanceof PrivateKey privateKey)) {
            throw new IllegalArgumentException("The entry '" + alias + "' is a secret key, not a private key");
        }
        Certificate[] chain = keyStore.getCertificateChain(alias);
        List<X509Certificate> certificates = Stream.ofNullable(chain)
                .flatMap(Stream::of)
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast)
                .toList();
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("The private key '" + alias + "' has no certificate");
        }
        return new KeyEntry(new SigningKey(privateKey, keyStore.getProvider()), certificates);
    }

    private static List<String> keyAliases(KeyStore keyStore) throws KeyStoreException {
        return Collections.list(keyStore.aliases()).stream()
                .filter(alias -> isKey(keyStore, alias))
                .toList();
    }

    private static String entries(KeyStore keyStore) throws KeyStoreException {
        List<String> aliases = Collections.list(keyStore.aliases());
        return aliases.isEmpty()
                ? "none"
                : aliases.stream().map(alias -> entry(keyStore, alias)).collect(Collectors.joining(", "));
    }

    private static String entry(KeyStore keyStore, String alias) {
        String kind = isKey(keyStore, alias) ? "key" : "certificate";
        try {
            return keyStore.getCertificate(alias) instanceof X509Certificate certificate
                    ? "'" + alias + "' (" + kind + " of "
                            + CertificateDescription.name(certificate.getSubjectX500Principal()) + ", valid to "
                            + certificate.getNotAfter().toInstant() + ")"
                    : "'" + alias + "' (" + kind + ")";
        } catch (KeyStoreException e) {
            throw new IllegalStateException("The key store is not loaded", e);
        }
    }

    private static boolean isKey(KeyStore keyStore, String alias) {
        try {
            return keyStore.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("The key store is not loaded", e);
        }
    }

    /** Returns a description of the first certificate. The text has no key. */
    @Override
    public String toString() {
        return "KeyEntry[" + CertificateDescription.of(certificates.get(0)) + "]";
    }
}
