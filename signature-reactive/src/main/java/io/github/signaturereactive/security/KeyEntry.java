package io.github.signaturereactive.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A private key and its certificates.
 *
 * @param certificates the key's own certificate and others, in any order
 */
record KeyEntry(SigningKey key, List<X509Certificate> certificates) {

    /** The only private key of a PKCS#12 file. */
    static KeyEntry ofPkcs12(String source, byte[] content, char[] password) {
        KeyStore keyStore = openPkcs12(source, content, password);
        try {
            List<String> keys = keyAliases(keyStore);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(source + " has no private key; it holds " + entries(keyStore));
            }
            if (keys.size() > 1) {
                throw new IllegalArgumentException(source + " has " + keys.size() + " private keys: "
                        + entries(keyStore)
                        + ". Choose one with OrganizationCertificate.fromKeyStore(keyStore, alias, password)");
            }
            return read(keyStore, keys.get(0), password);
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException(source + " cannot be read", e);
        }
    }

    /** The private key under the alias, which is compared as the key store itself does. */
    static KeyEntry of(KeyStore keyStore, String alias, char[] password) {
        try {
            if (!keyStore.containsAlias(alias)) {
                String otherCase = Collections.list(keyStore.aliases()).stream()
                        .filter(alias::equalsIgnoreCase)
                        .findFirst()
                        .map(same -> " Upper and lower case count here: '" + same + "'.")
                        .orElse("");
                throw new IllegalArgumentException(
                        "The key store has no entry '" + alias + "'." + otherCase + " It holds " + entries(keyStore));
            }
            if (!keyStore.isKeyEntry(alias)) {
                throw new IllegalArgumentException("The key store's entry '" + alias
                        + "' is a certificate without private key. It holds " + entries(keyStore));
            }
            return read(keyStore, alias, password);
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("The key store is not loaded; call KeyStore.load first", e);
        }
    }

    private static KeyStore openPkcs12(String source, byte[] content, char[] password) {
        if (new String(content, 0, Math.min(content.length, 11), StandardCharsets.US_ASCII).equals("-----BEGIN ")) {
            throw new IllegalArgumentException(
                    source + " is not a PKCS#12 file but PEM text; use OrganizationCertificate.fromPem");
        }
        try {
            return load(KeyStore.getInstance("PKCS12"), content, password);
        } catch (IOException | GeneralSecurityException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword(source, e);
            }
            return openWithBouncyCastle(source, content, password, e);
        }
    }

    /** BouncyCastle knows ways of protecting a PKCS#12 file which not every Java runtime does, PBMAC1 for one. */
    private static KeyStore openWithBouncyCastle(String source, byte[] content, char[] password, Exception inJava) {
        try {
            return load(KeyStore.getInstance("PKCS12", new BouncyCastleProvider()), content, password);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (String.valueOf(e.getMessage()).contains("wrong password")) {
                throw wrongPassword(source, e);
            }
            inJava.addSuppressed(e);
            throw new IllegalArgumentException(source + " cannot be read as a PKCS#12 file", inJava);
        }
    }

    private static KeyStore load(KeyStore keyStore, byte[] content, char[] password)
            throws IOException, GeneralSecurityException {
        keyStore.load(new ByteArrayInputStream(content), password);
        return keyStore;
    }

    private static IllegalArgumentException wrongPassword(String source, Exception cause) {
        return new IllegalArgumentException("The password of " + source + " is wrong", cause);
    }

    private static KeyEntry read(KeyStore keyStore, String alias, char[] password) throws KeyStoreException {
        Key key;
        try {
            key = keyStore.getKey(alias, password);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The private key '" + alias + "' cannot be decrypted: most likely the password is wrong, or the"
                            + " key has another password than the key store",
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
            throw new IllegalArgumentException("The private key '" + alias + "' comes without a certificate");
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
                ? "nothing"
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
            throw new IllegalStateException("The key store was loaded before", e);
        }
    }

    private static boolean isKey(KeyStore keyStore, String alias) {
        try {
            return keyStore.isKeyEntry(alias);
        } catch (KeyStoreException e) {
            throw new IllegalStateException("The key store was loaded before", e);
        }
    }

    /** Tells whose key it is, never the key. */
    @Override
    public String toString() {
        return "KeyEntry[" + CertificateDescription.of(certificates.get(0)) + "]";
    }
}
