package io.github.signaturereactive.security;

import io.github.signaturereactive.job.PrivateKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The enterprise certificate of the calling organization, with its private key: it identifies the organization towards
 * the service and signs the document bundles. Norwegian enterprise certificates come from Buypass or Commfides; of the
 * several certificates they deliver, it is the one for authentication. Its key must be an RSA key.
 *
 * <p>Creating one reads and decrypts the key, once. That is file I/O and CPU work on the calling thread, so do it when
 * the application starts, not on an event loop. A certificate that has expired, soon will, or is not meant for
 * signatures is accepted and warned about in the log; the service has the last word.
 *
 * <p>Whatever is wrong with what is given (no key, several keys, the wrong password or alias, a certificate of another
 * key) is an {@link IllegalArgumentException} that says so; a file that cannot be read is an
 * {@link UncheckedIOException}. Instances never change. Neither the key nor a password is ever printed.
 */
public final class OrganizationCertificate {

    private static final Logger LOG = Loggers.getLogger(OrganizationCertificate.class);
    private static final Duration SOON = Duration.ofDays(30);
    private static final int DIGITAL_SIGNATURE = 0;

    private final SigningKey key;
    private final List<X509Certificate> chain;
    private final @Nullable String organizationNumber;

    private OrganizationCertificate(SigningKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
        this.organizationNumber = OrganizationNumber.in(chain.get(0).getSubjectX500Principal());
    }

    /**
     * Reads a PKCS#12 file ({@code .p12}, {@code .pfx}), which must hold one private key. Blocks while reading.
     *
     * @param file the file
     * @param password the password of the file and of its key
     */
    public static OrganizationCertificate fromPkcs12(Path file, String password) {
        return fromPkcs12(file, password.toCharArray());
    }

    /**
     * Reads a PKCS#12 file ({@code .p12}, {@code .pfx}), which must hold one private key. Blocks while reading.
     *
     * @param file the file
     * @param password the password of the file and of its key; not kept
     */
    public static OrganizationCertificate fromPkcs12(Path file, char[] password) {
        return create(file.toString(), KeyEntry.ofPkcs12(file.toString(), read(file), password));
    }

    /**
     * Reads PKCS#12 from a stream, to its end, and leaves the stream open. Blocks while reading.
     *
     * @param content what a PKCS#12 file holds, with one private key
     * @param password the password of the file and of its key
     */
    public static OrganizationCertificate fromPkcs12(InputStream content, String password) {
        return fromPkcs12(content, password.toCharArray());
    }

    /**
     * Reads PKCS#12 from a stream, to its end, and leaves the stream open. Blocks while reading.
     *
     * @param content what a PKCS#12 file holds, with one private key
     * @param password the password of the file and of its key; not kept
     */
    public static OrganizationCertificate fromPkcs12(InputStream content, char[] password) {
        String source = "The PKCS#12 stream";
        try {
            return create(source, KeyEntry.ofPkcs12(source, content.readAllBytes(), password));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the PKCS#12 stream", e);
        }
    }

    /**
     * Takes a private key and its certificates out of a key store of any type.
     *
     * @param keyStore a key store that has been loaded
     * @param alias the entry of the key
     * @param password the password of the key, for most key stores the same as that of the store
     */
    public static OrganizationCertificate fromKeyStore(KeyStore keyStore, String alias, String password) {
        return fromKeyStore(keyStore, alias, password.toCharArray());
    }

    /**
     * Takes a private key and its certificates out of a key store of any type.
     *
     * @param keyStore a key store that has been loaded
     * @param alias the entry of the key
     * @param password the password of the key, for most key stores the same as that of the store; not kept
     */
    public static OrganizationCertificate fromKeyStore(KeyStore keyStore, String alias, char[] password) {
        return create("The key store's entry '" + alias + "'", KeyEntry.of(keyStore, alias, password));
    }

    /**
     * Uses a private key as its provider hands it out, for instance one of a key management service. The provider must be registered
     * with {@link java.security.Security#addProvider}.
     *
     * @param privateKey an RSA key, which need not have an encoding
     * @param chain the certificate of the key and those that issued it, in any order
     */
    public static OrganizationCertificate fromPrivateKey(PrivateKey privateKey, List<X509Certificate> chain) {
        return create("The given private key", new KeyEntry(new SigningKey(privateKey, null), List.copyOf(chain)));
    }

    /**
     * Reads PEM files. Both may be the same file. Blocks while reading.
     *
     * @param chain the file with the certificate and those that issued it, in any order
     * @param key the file with the private key: PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     */
    public static OrganizationCertificate fromPem(Path chain, Path key, @Nullable String password) {
        return fromPem(chain.toString(), text(read(chain)), key.toString(), text(read(key)), password);
    }

    /**
     * Reads PEM text.
     *
     * @param chain the certificate and those that issued it, in any order
     * @param key the private key: PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     */
    public static OrganizationCertificate fromPem(String chain, String key, @Nullable String password) {
        return fromPem("The text of the certificate chain", chain, "the text of the key", key, password);
    }

    /**
     * Reads PEM text from bytes.
     *
     * @param chain the certificate and those that issued it, in any order
     * @param key the private key: PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     */
    public static OrganizationCertificate fromPem(byte[] chain, byte[] key, @Nullable String password) {
        return fromPem(text(chain), text(key), password);
    }

    private static OrganizationCertificate fromPem(
            String chainSource, String chain, String keySource, String key, @Nullable String password) {
        return create(
                chainSource,
                new KeyEntry(
                        new SigningKey(Pem.privateKey(keySource, key, password), null),
                        Pem.certificates(chainSource, chain)));
    }

    private static OrganizationCertificate create(String source, KeyEntry entry) {
        String algorithm = entry.key().privateKey().getAlgorithm();
        if (!algorithm.equals("RSA")) {
            throw notRsa(source, algorithm);
        }
        List<X509Certificate> chain;
        try {
            chain = X509.chainOf(entry.key(), entry.certificates());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException(source + " has a private key that cannot sign with SHA256withRSA", e);
        }
        if (entry.certificates().isEmpty()) {
            throw new IllegalArgumentException(source + " comes without a certificate");
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(source + " has no certificate of the private key, but of another: "
                    + entry.certificates().stream()
                            .map(CertificateDescription::of)
                            .collect(Collectors.joining("; ")));
        }
        OrganizationCertificate certificate = new OrganizationCertificate(entry.key(), chain);
        certificate.concerns(Instant.now()).forEach(concern -> LOG.warn("{}: {}", certificate, concern));
        return certificate;
    }

    static IllegalArgumentException notRsa(String source, String algorithm) {
        return new IllegalArgumentException(source + " has a key for " + algorithm
                + "; the service takes RSA keys only. Order an enterprise certificate with an RSA key");
    }

    /** What may make the service refuse this certificate. */
    List<String> concerns(Instant now) {
        List<String> concerns = new ArrayList<>();
        if (now.isAfter(expiresAt())) {
            concerns.add("The certificate has expired, the service will refuse it");
        } else if (now.plus(SOON).isAfter(expiresAt())) {
            concerns.add("The certificate expires in "
                    + Duration.between(now, expiresAt()).toDays() + " days, get a new one");
        }
        if (now.isBefore(certificate().getNotBefore().toInstant())) {
            concerns.add("The certificate is not valid before "
                    + certificate().getNotBefore().toInstant());
        }
        boolean[] usage = certificate().getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            concerns.add("The certificate's key usage lacks digitalSignature: of the certificates that the issuer"
                    + " delivers, use the one for authentication");
        }
        return concerns;
    }

    /** The organization's own certificate, the first of the chain. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificate, followed by those that issued it as far as they were given. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns the private key. It may be one without an encoding, such as a key in hardware. */
    public PrivateKey privateKey() {
        return key.privateKey();
    }

    /**
     * Returns why the last use of the private key failed, or null if it succeeded. A key in hardware or in a key management service
     * may fail for a while.
     */
    public @Nullable PrivateKeyException privateKeyFailure() {
        @Nullable Exception failure = key.failure();
        return failure == null ? null : keyFailure(failure);
    }

    /**
     * Signs data with {@code SHA256withRSA}. Blocks for as long as the key takes.
     *
     * @throws PrivateKeyException if the key fails
     */
    public byte[] sign(byte[] data) {
        return sign(SignatureScheme.RSA_PKCS1_SHA256, data);
    }

    byte[] sign(SignatureScheme scheme, byte[] data) {
        try {
            return key.sign(scheme, data);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw keyFailure(e);
        }
    }

    /**
     * Signs once with the scheme. Returns false if the key or its provider does not support the scheme.
     *
     * @throws PrivateKeyException if the key fails
     */
    boolean supports(SignatureScheme scheme) {
        try {
            return key.supports(scheme);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw keyFailure(e);
        }
    }

    private PrivateKeyException keyFailure(Exception cause) {
        return new PrivateKeyException(
                "The private key of " + this + " failed to sign: " + cause
                        + ". Is its hardware or key management service available?",
                cause);
    }

    /** Checks that the Java runtime's own TLS can use the key, which it does by registered providers only. */
    void verifyKeyForTlsOfTheRuntime() {
        @Nullable Provider provider = key.provider();
        if (provider != null && Security.getProvider(provider.getName()) == null) {
            throw new IllegalArgumentException("The private key of " + this
                    + " needs the provider " + provider.getName()
                    + ", which the TLS of the Java runtime does not find: register it with Security.addProvider(..),"
                    + " or use netty-tcnative-boringssl-static");
        }
    }

    /** The nine digits of the organization to whom the certificate is issued, or null if it names none. */
    public @Nullable String organizationNumber() {
        return organizationNumber;
    }

    /** When the certificate expires. */
    public Instant expiresAt() {
        return certificate().getNotAfter().toInstant();
    }

    /**
     * Returns a key manager that presents this certificate to every server that asks for one.
     *
     * @param withKey whether it has the private key as well
     */
    X509ExtendedKeyManager keyManager(boolean withKey) {
        return new OfferedCertificate(withKey ? key.privateKey() : null, chain);
    }

    /** Tells subject and expiry, not the key. */
    @Override
    public String toString() {
        return "OrganizationCertificate["
                + CertificateDescription.name(certificate().getSubjectX500Principal()) + ", expires at " + expiresAt()
                + "]";
    }

    private static byte[] read(Path file) {
        Objects.requireNonNull(file, "file");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static String text(byte[] pem) {
        return new String(pem, StandardCharsets.US_ASCII);
    }
}
