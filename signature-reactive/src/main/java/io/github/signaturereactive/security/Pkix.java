package io.github.signaturereactive.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Creates trust managers that validate certificate chains with PKIX (RFC 5280). */
final class Pkix {

    private Pkix() {}

    /** Returns a trust manager with the certificate authorities of the Java runtime. Reads files. */
    static X509ExtendedTrustManager ofTheRuntime() {
        return trustManager(null);
    }

    /** Returns a trust manager with the given certificate authorities. */
    static X509ExtendedTrustManager of(Collection<X509Certificate> authorities) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            int number = 0;
            for (X509Certificate authority : List.copyOf(authorities)) {
                anchors.setCertificateEntry("authority-" + number++, authority);
            }
            return trustManager(anchors);
        } catch (IOException | GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static X509ExtendedTrustManager trustManager(@Nullable KeyStore anchors) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            return Stream.of(factory.getTrustManagers())
                    .filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static IllegalStateException unavailable(Exception cause) {
        return new IllegalStateException("This Java runtime cannot validate certificate chains", cause);
    }

    /** Returns whether validation failed because a certificate has expired or is not valid yet. */
    static boolean isExpiry(Throwable failure) {
        return CausalChain.of(failure)
                .anyMatch(cause -> cause instanceof CertificateExpiredException
                        || cause instanceof CertificateNotYetValidException
                        || (cause instanceof CertPathValidatorException invalid
                                && (invalid.getReason() == BasicReason.EXPIRED
                                        || invalid.getReason() == BasicReason.NOT_YET_VALID)));
    }
}
