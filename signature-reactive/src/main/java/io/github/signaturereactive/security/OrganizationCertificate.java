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
 * An enterprise certificate ("virksomhetssertifikat") with its private key. It identifies the organization in the TLS handshake and
 * signs document bundles. Immutable.
 *
 * <p>Enterprise certificates are issued by Buypass and Commfides. An order consists of several certificates: use the one for
 * authentication, whose key usage has {@code digitalSignature}. The private key must be an RSA key. The organization number is in the
 * subject of the certificate.
 *
 * <p>The factory methods read and decrypt the key, and sign test data with it. They block, so do not call them on an event loop. They
 * throw:
 *
 * <ul>
 *   <li>{@link IllegalArgumentException} if there is no private key or more than one, if the key is not an RSA key or cannot sign, or
 *       if the certificate of the key is missing. The message names the problem.
 *   <li>{@link IllegalArgumentException} with a {@link java.security.UnrecoverableKeyException} as its cause if the password is wrong
 *       or missing.
 *   <li>{@link UncheckedIOException} if a file or a stream cannot be read.
 * </ul>
 *
 * <p>A warning is logged if the certificate has expired, expires within 30 days, is not valid yet, or has a key usage without
 * {@code digitalSignature}. Messages and {@link #toString} have neither key nor password.
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
     * Reads a PKCS#12 file ({@code .p12}, {@code .pfx}; RFC 7292), which must have one private key.
     *
     * @param file the file
     * @param password the password of the file and of the key
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the file is unsuitable or the password is wrong; see the class description
     * @throws UncheckedIOException if the file cannot be read
     */
    public static OrganizationCertificate fromPkcs12(Path file, String password) {
        return fromPkcs12(file, password.toCharArray());
    }

    /**
     * Reads a PKCS#12 file ({@code .p12}, {@code .pfx}; RFC 7292), which must have one private key.
     *
     * @param file the file
     * @param password the password of the file and of the key. It is not retained
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the file is unsuitable or the password is wrong; see the class description
     * @throws UncheckedIOException if the file cannot be read
     */
    public static OrganizationCertificate fromPkcs12(Path file, char[] password) {
        return create(file.toString(), KeyEntry.ofPkcs12(file.toString(), read(file), password));
    }

    /**
     * Reads PKCS#12 content (RFC 7292) to the end of the stream. Does not close the stream.
     *
     * @param content the content of a PKCS#12 file, which must have one private key
     * @param password the password of the content and of the key
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the content is unsuitable or the password is wrong; see the class description
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static OrganizationCertificate fromPkcs12(InputStream content, String password) {
        return fromPkcs12(content, password.toCharArray());
    }

    /**
     * Reads PKCS#12 content (RFC 7292) to the end of the stream. Does not close the stream.
     *
     * @param content the content of a PKCS#12 file, which must have one private key
     * @param password the password of the content and of the key. It is not retained
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the content is unsuitable or the password is wrong; see the class description
     * @throws UncheckedIOException if the stream cannot be read
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
     * Reads a private key and its certificate chain from a key store of any type.
     *
     * @param keyStore a loaded key store
     * @param alias the alias of the private key. The key store decides whether it is case-sensitive
     * @param password the password of the key. For most key stores, it is the password of the key store
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the entry is unsuitable or the password is wrong; see the class description
     */
    public static OrganizationCertificate fromKeyStore(KeyStore keyStore, String alias, String password) {
        return fromKeyStore(keyStore, alias, password.toCharArray());
    }

    /**
     * Reads a private key and its certificate chain from a key store of any type.
     *
     * @param keyStore a loaded key store
     * @param alias the alias of the private key. The key store decides whether it is case-sensitive
     * @param password the password of the key. For most key stores, it is the password of the key store. It is not retained
     * @return the certificate with its private key
     * @throws IllegalArgumentException if the entry is unsuitable or the password is wrong; see the class description
     */
    public static OrganizationCertificate fromKeyStore(KeyStore keyStore, String alias, char[] password) {
        return create("The entry '" + alias + "' of the key store", KeyEntry.of(keyStore, alias, password));
    }

    /**
     * Creates a certificate with a private key object, for example a key in hardware or in a key management service. The security
     * provider of the key must be registered with {@link java.security.Security#addProvider}.
     *
     * @param privateKey an RSA key. Its encoding may be null
     * @param chain the certificate of the key and its issuers, in any order
     * @return the certificate with its private key
     * @throws IllegalArgumentException if key or chain are unsuitable; see the class description
     */
    public static OrganizationCertificate fromPrivateKey(PrivateKey privateKey, List<X509Certificate> chain) {
        return create("The given private key", new KeyEntry(new SigningKey(privateKey, null), List.copyOf(chain)));
    }

    /**
     * Reads PEM files (RFC 7468). Certificates and key may be in the same file.
     *
     * @param chain the file with the certificate of the key and its issuers, in any order
     * @param key the file with the private key as PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     * @return the certificate with its private key
     * @throws IllegalArgumentException if a file is unsuitable or the password is wrong; see the class description
     * @throws UncheckedIOException if a file cannot be read
     */
    public static OrganizationCertificate fromPem(Path chain, Path key, @Nullable String password) {
        return fromPem(chain.toString(), text(read(chain)), key.toString(), text(read(key)), password);
    }

    /**
     * Reads PEM text (RFC 7468).
     *
     * @param chain the certificate of the key and its issuers, in any order
     * @param key the private key as PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     * @return the certificate with its private key
     * @throws IllegalArgumentException if a text is unsuitable or the password is wrong; see the class description
     */
    public static OrganizationCertificate fromPem(String chain, String key, @Nullable String password) {
        return fromPem("The text of the certificate chain", chain, "the text of the key", key, password);
    }

    /**
     * Reads encoded PEM text (RFC 7468).
     *
     * @param chain the certificate of the key and its issuers, in any order
     * @param key the private key as PKCS#1 or PKCS#8, plain or encrypted
     * @param password the password of the key, or null if it is not encrypted
     * @return the certificate with its private key
     * @throws IllegalArgumentException if a text is unsuitable or the password is wrong; see the class description
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
            throw new IllegalArgumentException(source + " has a private key that fails to sign with SHA256withRSA", e);
        }
        if (entry.certificates().isEmpty()) {
            throw new IllegalArgumentException(source + " has no certificate");
        }
        if (chain.isEmpty()) {
            throw new IllegalArgumentException(source + " has no certificate of the private key. Its certificates: "
                    + entry.certificates().stream()
                            .map(CertificateDescription::of)
                            .collect(Collectors.joining("; ")));
        }
        OrganizationCertificate certificate = new OrganizationCertificate(entry.key(), chain);
        certificate.warnings(Instant.now()).forEach(warning -> LOG.warn("{}: {}", certificate, warning));
        return certificate;
    }

    static IllegalArgumentException notRsa(String source, String algorithm) {
        return new IllegalArgumentException(source + " has a key for " + algorithm
                + ", but the service accepts RSA keys only. Order an enterprise certificate with an RSA key");
    }

    /** Returns possible reasons for the service to reject this certificate. */
    List<String> warnings(Instant now) {
        List<String> warnings = new ArrayList<>();
        if (now.isAfter(expiresAt())) {
            warnings.add("The certificate has expired. Replace it, because the service will reject it");
        } else if (now.plus(SOON).isAfter(expiresAt())) {
            warnings.add("The certificate expires in "
                    + Duration.between(now, expiresAt()).toDays() + " days. Replace it");
        }
        if (now.isBefore(certificate().getNotBefore().toInstant())) {
            warnings.add("The certificate is not valid before "
                    + certificate().getNotBefore().toInstant());
        }
        boolean[] usage = certificate().getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            warnings.add("The key usage of the certificate lacks digitalSignature. Use the certificate for"
                    + " authentication, which is part of the same order");
        }
        return warnings;
    }

    /**
     * Returns the enterprise certificate, which is the first certificate of the chain.
     *
     * @return the certificate
     */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Returns the certificate, followed by its issuers as far as they were provided.
     *
     * @return the chain, unmodifiable
     */
    public List<X509Certificate> chain() {
        return chain;
    }

    /**
     * Returns the private key. Its encoding may be null, for example if the key is in hardware.
     *
     * @return the RSA key
     */
    public PrivateKey privateKey() {
        return key.privateKey();
    }

    /**
     * Returns the error of the last signature, for health checks. A key in hardware or in a key management service may fail
     * temporarily.
     *
     * @return the error, or null if the last signature succeeded
     */
    public @Nullable PrivateKeyException privateKeyFailure() {
        @Nullable Exception failure = key.failure();
        return failure == null ? null : keyFailure(failure);
    }

    /**
     * Signs data with {@code SHA256withRSA}. Blocks while the key signs.
     *
     * @param data the data to sign
     * @return the signature
     * @throws PrivateKeyException if the private key fails to sign
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
     * Signs test data and returns false if the key or its provider does not support the scheme. Blocks while the key signs.
     *
     * @throws PrivateKeyException if the private key fails to sign
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
                        + ". Check that its hardware or key management service is available",
                cause);
    }

    /** Checks that the TLS of the JDK can use the key. It only uses registered security providers. */
    void verifyKeyForTlsOfTheRuntime() {
        @Nullable Provider provider = key.provider();
        if (provider != null && Security.getProvider(provider.getName()) == null) {
            throw new IllegalArgumentException("The private key of " + this
                    + " needs the provider " + provider.getName()
                    + ", which is not registered. Register it with Security.addProvider(..), or add the dependency"
                    + " netty-tcnative-boringssl-static");
        }
    }

    /**
     * Returns the organization number in the subject of the certificate. It is taken from {@code organizationIdentifier} (SEID 2), else
     * from {@code serialNumber} (SEID 1), else from the start of the common name.
     *
     * @return nine digits, or null if the subject has no unambiguous organization number
     */
    public @Nullable String organizationNumber() {
        return organizationNumber;
    }

    /**
     * Returns the end of the validity period.
     *
     * @return the time when the certificate expires
     */
    public Instant expiresAt() {
        return certificate().getNotAfter().toInstant();
    }

    /**
     * Returns a key manager that presents this certificate to every server that requests one.
     *
     * @param withKey whether the key manager has the private key
     */
    X509ExtendedKeyManager keyManager(boolean withKey) {
        return new ClientKeyManager(withKey ? key.privateKey() : null, chain);
    }

    /** Returns the subject and the expiry of the certificate. */
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
