package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.security.OrganizationCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.KeyStore;
import java.security.KeyStoreException;
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

/** The enterprise certificate that the properties name: a PKCS#12 file or an SSL bundle. */
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

    /** Reads it. One that has expired is refused here: the service would refuse every call. */
    OrganizationCertificate read() {
        String location = properties.certificate().location();
        String bundle = properties.ssl().bundle();
        if (location != null && bundle != null) {
            throw new SignaturePropertyException(
                    BUNDLE,
                    "Both '" + LOCATION + "' and '" + BUNDLE + "' are set, and there can be only one certificate.",
                    "Remove one of them. An SSL bundle can be reloaded while the application runs, the file cannot.",
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
                "No enterprise certificate is configured: neither '" + LOCATION + "' nor '" + BUNDLE
                        + "' is set, and the service identifies organizations by their certificates.",
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
                    "'" + LOCATION + "' is set to '" + location + "', but there is no such file that can be read ("
                            + file.getDescription() + ").",
                    "Set '" + LOCATION + "' to the path of a PKCS#12 file, or to its location on the class path with"
                            + " 'classpath:' before it, and see that the application may read it.",
                    e);
        } catch (IllegalArgumentException e) {
            throw refused(location, password != null, e);
        }
    }

    private static SignaturePropertyException refused(
            String location, boolean hasPassword, IllegalArgumentException e) {
        boolean password = String.valueOf(e.getMessage()).contains("password");
        if (password && !hasPassword) {
            return new SignaturePropertyException(
                    PASSWORD,
                    "'" + LOCATION + "' is set to '" + location + "', which has a password, but '" + PASSWORD
                            + "' is not set.",
                    "Set '" + PASSWORD + "' to the password of the PKCS#12 file.",
                    e);
        }
        return password
                ? new SignaturePropertyException(
                        PASSWORD,
                        "The PKCS#12 file '" + location + "' cannot be opened with what '" + PASSWORD
                                + "' is set to: the password is wrong.",
                        "Set '" + PASSWORD + "' to the password that the file was made with.",
                        e)
                : new SignaturePropertyException(
                        LOCATION,
                        "The file '" + location + "' that '" + LOCATION + "' is set to is of no use: " + e.getMessage()
                                + ".",
                        "Set '" + LOCATION + "' to a PKCS#12 file with the enterprise certificate and its one private"
                                + " key. A certificate in PEM files, or one of several keys, can be given as an SSL"
                                + " bundle in '" + BUNDLE + "'.",
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
                            + ".*', and leave Spring Boot's SslAutoConfiguration on.",
                    null);
        }
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            List<String> others = bundles.getBundleNames();
            throw new SignaturePropertyException(
                    BUNDLE,
                    "'" + BUNDLE + "' is set to '" + name + "', but there is no SSL bundle of that name; there "
                            + (others.isEmpty() ? "are none at all." : "are " + String.join(", ", others) + "."),
                    "Set '" + BUNDLE + "' to the name of an SSL bundle, or declare it with 'spring.ssl.bundle.jks."
                            + name + ".*' or 'spring.ssl.bundle.pem." + name + ".*'.",
                    e);
        }
    }

    /** The certificate of an SSL bundle, by the bundle's key alias and password if it has them. */
    static OrganizationCertificate ofBundle(String name, SslBundle bundle) {
        try {
            KeyStore keyStore = bundle.getStores().getKeyStore();
            if (keyStore == null) {
                throw unusable(name, "it has no key store, so there is neither certificate nor key in it", null);
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
                            : "it has " + keys.size() + " private keys and no key alias that chooses one: "
                                    + String.join(", ", keys));
        }
        return keys.get(0);
    }

    private static String keyPassword(SslBundle bundle) {
        String ofKey = bundle.getKey().getPassword();
        String ofStore = bundle.getStores().getKeyStorePassword();
        return ofKey != null ? ofKey : ofStore != null ? ofStore : "";
    }

    /** What went wrong, in the words of its causes; never long ones, which could hold a key given in place of a file. */
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
                "The SSL bundle '" + name + "' that '" + BUNDLE + "' is set to is of no use: " + why + ".",
                "Give the SSL bundle the enterprise certificate and its private key, 'keystore.*' below"
                        + " 'spring.ssl.bundle.jks." + name + "' or 'spring.ssl.bundle.pem." + name
                        + "', and the right passwords and key alias.",
                cause);
    }

    private static OrganizationCertificate notExpired(String property, OrganizationCertificate certificate) {
        if (Instant.now().isAfter(certificate.expiresAt())) {
            throw new SignaturePropertyException(
                    property,
                    "The enterprise certificate that '" + property + "' leads to expired at " + certificate.expiresAt()
                            + ", so the service would refuse every call: " + certificate + ".",
                    "Order a new enterprise certificate and set '" + property + "' to where it is.",
                    null);
        }
        return certificate;
    }
}
