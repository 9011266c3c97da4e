package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.security.OrganizationCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/** Reads the configured enterprise certificate from a PKCS#12 file or an SSL bundle. */
final class ConfiguredCertificate {

    static final String LOCATION = "signature.certificate.location";
    static final String PASSWORD = "signature.certificate.password";
    static final String BUNDLE = "signature.ssl.bundle";

    private static final int LONGEST_MESSAGE = 300;

    private final SignatureProperties properties;
    private final @Nullable SslBundles bundles;
    private final ResourceLoader resources;

    ConfiguredCertificate(SignatureProperties properties, @Nullable SslBundles bundles, ResourceLoader resources) {
        this.properties = properties;
        this.bundles = bundles;
        this.resources = resources;
    }

    /**
     * Reads the certificate.
     *
     * @throws SignaturePropertyException if no certificate is configured, if it cannot be read, or if it has expired
     */
    OrganizationCertificate read() {
        String location = properties.certificate().location();
        String bundle = properties.ssl().bundle();
        if (location != null && bundle != null) {
            throw new SignaturePropertyException(
                    BUNDLE,
                    "Both '" + LOCATION + "' and '" + BUNDLE + "' are set, but only one certificate can be used.",
                    "Remove one of them. An SSL bundle can be reloaded at runtime, the file cannot.",
                    null);
        }
        if (location != null) {
            return pkcs12(location, properties.certificate().password());
        }
        if (bundle != null) {
            return ofBundle(bundle, bundle(bundle));
        }
        throw new SignaturePropertyException(
                LOCATION,
                "No enterprise certificate is configured. Neither '" + LOCATION + "' nor '" + BUNDLE + "' is set.",
                "Set '" + LOCATION + "' to a PKCS#12 file and '" + PASSWORD + "' to its password, or set '" + BUNDLE
                        + "' to the name of an SSL bundle with the certificate and its private key.",
                null);
    }

    private OrganizationCertificate pkcs12(String location, @Nullable String password) {
        Resource file = resources.getResource(location);
        try (InputStream content = file.getInputStream()) {
            return notExpired(LOCATION, OrganizationCertificate.fromPkcs12(content, password == null ? "" : password));
        } catch (IOException | UncheckedIOException e) {
            throw new SignaturePropertyException(
                    LOCATION,
                    "'" + LOCATION + "' is set to '" + location + "', but this file does not exist or cannot be read ("
                            + file.getDescription() + ").",
                    "Set '" + LOCATION + "' to the path of a PKCS#12 file, or to 'classpath:' and its location on the"
                            + " class path. Check that the application has permission to read the file.",
                    e);
        } catch (IllegalArgumentException e) {
            throw unusableFile(location, password != null, e);
        }
    }

    private static SignaturePropertyException unusableFile(
            String location, boolean hasPassword, IllegalArgumentException e) {
        boolean password = e.getCause() instanceof UnrecoverableKeyException;
        if (password && !hasPassword) {
            return new SignaturePropertyException(
                    PASSWORD,
                    "'" + LOCATION + "' is set to '" + location + "', which requires a password, but '" + PASSWORD
                            + "' is not set.",
                    "Set '" + PASSWORD + "' to the password of the PKCS#12 file.",
                    e);
        }
        return password
                ? new SignaturePropertyException(
                        PASSWORD,
                        "The value of '" + PASSWORD + "' is not the password of the PKCS#12 file '" + location + "'.",
                        "Set '" + PASSWORD + "' to the password of the PKCS#12 file.",
                        e)
                : new SignaturePropertyException(
                        LOCATION,
                        "'" + LOCATION + "' is set to '" + location + "', which cannot be used: " + e.getMessage()
                                + ".",
                        "Set '" + LOCATION
                                + "' to a PKCS#12 file with the enterprise certificate and exactly one private"
                                + " key. For PEM files, or a file with several keys, use an SSL bundle in '" + BUNDLE
                                + "'.",
                        e);
    }

    private SslBundle bundle(String name) {
        try {
            return registered(name);
        } catch (IllegalStateException e) {
            throw unusable(name, problem(e), e);
        }
    }

    private SslBundle registered(String name) {
        if (bundles == null) {
            throw new SignaturePropertyException(
                    BUNDLE,
                    "'" + BUNDLE + "' is set to '" + name + "', but the application has no SSL bundles.",
                    "Set 'spring.ssl.bundle.jks." + name + ".*' or 'spring.ssl.bundle.pem." + name
                            + ".*', and do not exclude Spring Boot's SslAutoConfiguration.",
                    null);
        }
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            List<String> others = bundles.getBundleNames();
            throw new SignaturePropertyException(
                    BUNDLE,
                    "'" + BUNDLE + "' is set to '" + name + "', but there is no SSL bundle with this name. "
                            + (others.isEmpty()
                                    ? "No SSL bundles are configured."
                                    : "The configured SSL bundles are: " + String.join(", ", others) + "."),
                    "Set '" + BUNDLE + "' to the name of a configured SSL bundle, or configure this one with"
                            + " 'spring.ssl.bundle.jks." + name + ".*' or 'spring.ssl.bundle.pem." + name + ".*'.",
                    e);
        }
    }

    /**
     * Returns the certificate of an SSL bundle. Uses the key alias and key password of the bundle, if set.
     *
     * @throws SignaturePropertyException if the bundle has no usable private key and certificate, or if the certificate has expired
     */
    static OrganizationCertificate ofBundle(String name, SslBundle bundle) {
        try {
            KeyStore keyStore = bundle.getStores().getKeyStore();
            if (keyStore == null) {
                throw unusable(name, "it has no key store", null);
            }
            return notExpired(
                    BUNDLE,
                    OrganizationCertificate.fromKeyStore(
                            keyStore, alias(keyStore, bundle.getKey()), keyPassword(bundle)));
        } catch (IllegalArgumentException | IllegalStateException | KeyStoreException e) {
            throw unusable(name, problem(e), e);
        }
    }

    private static String alias(KeyStore keyStore, SslBundleKey key) throws KeyStoreException {
        String alias = key.getAlias();
        if (alias != null) {
            return alias;
        }
        List<String> keys = new ArrayList<>();
        for (String entry : Collections.list(keyStore.aliases())) {
            if (keyStore.isKeyEntry(entry)) {
                keys.add(entry);
            }
        }
        if (keys.size() != 1) {
            throw new IllegalArgumentException(
                    keys.isEmpty()
                            ? "it has no private key"
                            : "it has " + keys.size() + " private keys, but no key alias is set. The aliases are: "
                                    + String.join(", ", keys));
        }
        return keys.get(0);
    }

    private static String keyPassword(SslBundle bundle) {
        String ofKey = bundle.getKey().getPassword();
        String ofStore = bundle.getStores().getKeyStorePassword();
        return ofKey != null ? ofKey : ofStore != null ? ofStore : "";
    }

    /**
     * Returns the messages of a failure and its causes. Skips long messages, because they could contain a private key that was
     * configured in place of a file name.
     */
    private static String problem(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null && message.length() <= LONGEST_MESSAGE)
                .distinct()
                .collect(Collectors.joining(": "));
    }

    private static SignaturePropertyException unusable(String name, String why, @Nullable Throwable cause) {
        return new SignaturePropertyException(
                BUNDLE,
                "'" + BUNDLE + "' is set to '" + name + "', but this SSL bundle cannot be used: " + why + ".",
                "Set 'spring.ssl.bundle.jks." + name + ".keystore.*' or 'spring.ssl.bundle.pem." + name
                        + ".keystore.*' to the enterprise certificate and its private key. Check the passwords and the key"
                        + " alias.",
                cause);
    }

    private static OrganizationCertificate notExpired(String property, OrganizationCertificate certificate) {
        if (Instant.now().isAfter(certificate.expiresAt())) {
            throw new SignaturePropertyException(
                    property,
                    "The enterprise certificate of '" + property + "' expired at " + certificate.expiresAt()
                            + ", so the service would reject every call. The certificate is " + certificate + ".",
                    "Order a new enterprise certificate and set '" + property + "' to its "
                            + (property.equals(BUNDLE) ? "SSL bundle" : "location") + ".",
                    null);
        }
        return certificate;
    }
}
