package io.github.signaturereactive.security;

import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UntrustedServerException;
import java.security.InvalidKeyException;
import java.security.ProviderException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Maps connection errors to errors about certificates and private keys.
 *
 * <p>With TLS 1.2 (RFC 5246), a server rejects the client certificate during the handshake. With TLS 1.3 (RFC 8446), it may do so
 * after the handshake of the client is complete.
 */
public final class HandshakeFailures {

    /** Alerts for a rejected or missing client certificate (RFC 8446, section 6.2; RFC 5246, section 7.2.2). */
    private static final Set<String> REFUSALS = Set.of(
            "no_certificate",
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied",
            "certificate_required",
            "handshake_failure");

    /**
     * A received alert in the exception message of the JDK. Neither the JDK nor Netty has a typed error for received alerts: the
     * message is the only source of the alert's description. Messages about sent alerts do not match.
     */
    private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** A received alert in the exception message of OpenSSL or BoringSSL. */
    private static final Pattern OPENSSL_ALERT = Pattern.compile("\\b(?:SSLV3|TLSV1|TLSV13)_ALERT_(\\w+)");

    private HandshakeFailures() {}

    /**
     * Returns the error of a rejected certificate that caused a connection error, or empty if there is none. A closed or reset connection is
     * not an error of certificates.
     *
     * @param request the method and path of the request, which the message starts with
     * @param environment the name of the environment for the message
     * @param offered the client certificate, or null if none was configured
     * @param failure the error of the connection, or an error that has it as a cause
     * @return an {@link UntrustedServerException} if the client rejected the certificate of the server, or a
     *     {@link CertificateRejectedException} if the server rejected the client certificate
     */
    public static Optional<SignatureException> explain(
            String request, String environment, @Nullable OrganizationCertificate offered, Throwable failure) {
        Optional<SignatureException> untrusted = CausalChain.of(failure)
                .filter(UntrustedCertificateException.class::isInstance)
                .map(UntrustedCertificateException.class::cast)
                .findFirst()
                .map(cause ->
                        new UntrustedServerException(cause.reason(), request + ": " + cause.getMessage(), failure));
        return untrusted.or(() -> CausalChain.of(failure)
                .filter(SSLException.class::isInstance)
                .flatMap(HandshakeFailures::receivedAlert)
                .filter(REFUSALS::contains)
                .findFirst()
                .map(alert -> new CertificateRejectedException(
                        request + ": " + rejected(alert, environment, offered), failure)));
    }

    /**
     * Returns a {@link PrivateKeyException} if the private key failed to sign in the handshake, or empty if it did not. With BoringSSL,
     * the connection error has a {@link PrivateKeyException} as a cause. With the TLS of the JDK, it has the error of the key's
     * security provider as a cause.
     *
     * @param request the method and path of the request, which the message starts with
     * @param failure the error of the connection, or an error that has it as a cause
     * @return the error of the private key
     */
    public static Optional<SignatureException> privateKeyFailure(String request, Throwable failure) {
        return CausalChain.of(failure)
                .filter(cause -> cause instanceof PrivateKeyException
                        || cause instanceof java.security.SignatureException
                        || cause instanceof InvalidKeyException
                        || cause instanceof ProviderException)
                .findFirst()
                .map(cause -> new PrivateKeyException(
                        request + ": "
                                + (cause instanceof PrivateKeyException
                                        ? cause.getMessage()
                                        : "the private key of the client certificate failed to sign: " + cause
                                                + ". Check that its hardware or key management service is available"),
                        failure));
    }

    private static Stream<String> receivedAlert(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return Stream.of(JDK_ALERT, OPENSSL_ALERT)
                .map(pattern -> pattern.matcher(message))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
    }

    private static String rejected(String alert, String environment, @Nullable OrganizationCertificate offered) {
        String otherMeaning = alert.equals("handshake_failure")
                ? " This alert can also mean that client and server have no TLS version or cipher suite in common."
                : "";
        if (offered == null) {
            return "the server requires a client certificate, but none was presented (TLS alert " + alert + ")."
                    + otherMeaning;
        }
        return "the server rejected the client certificate (TLS alert " + alert + "). Presented: "
                + CertificateDescription.of(offered.certificate())
                + (Instant.now().isAfter(offered.expiresAt()) ? ". This certificate has expired" : "")
                + ". The environment is " + environment + ". Use test certificates in test environments only, and"
                + " production certificates in production only." + otherMeaning;
    }
}
