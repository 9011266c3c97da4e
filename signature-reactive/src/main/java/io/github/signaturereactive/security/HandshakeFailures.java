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
 * Tells from the failure of a connection whether one side distrusted the other. With TLS 1.2 a server refuses our
 * certificate during the handshake; with TLS 1.3 it does so afterwards, when the first answer is awaited.
 */
public final class HandshakeFailures {

    /** Alerts by which a server refuses the client's certificate, or its absence. */
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

    /** An alert that was received, in the words of the JDK's TLS. Alerts that we send ourselves read otherwise. */
    private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    /** The same in the words of OpenSSL and BoringSSL. */
    private static final Pattern OPENSSL_ALERT = Pattern.compile("\\b(?:SSLV3|TLSV1|TLSV13)_ALERT_(\\w+)");

    private HandshakeFailures() {}

    /**
     * What the failure says about trust: {@link UntrustedServerException} if we refused the server's certificate,
     * {@link CertificateRejectedException} if the server said that it refuses ours, else empty. A connection that was
     * merely closed or reset is no evidence of either.
     *
     * @param request what was asked, method and path, with which the message begins
     * @param environment what messages call the environment
     * @param offered our certificate, or null if none was to be presented
     * @param failure what the connection failed with, wrapped or not
     */
    public static Optional<SignatureException> explain(
            String request, String environment, @Nullable OrganizationCertificate offered, Throwable failure) {
        Optional<SignatureException> untrusted = Causes.of(failure)
                .filter(UntrustedCertificateException.class::isInstance)
                .map(UntrustedCertificateException.class::cast)
                .findFirst()
                .map(cause ->
                        new UntrustedServerException(cause.reason(), request + ": " + cause.getMessage(), failure));
        return untrusted.or(() -> Causes.of(failure)
                .filter(SSLException.class::isInstance)
                .flatMap(HandshakeFailures::receivedAlert)
                .filter(REFUSALS::contains)
                .findFirst()
                .map(alert -> new CertificateRejectedException(
                        request + ": " + rejected(alert, environment, offered), failure)));
    }

    /**
     * Returns a {@link PrivateKeyException} if the private key failed in the handshake, else empty. With BoringSSL the key's own
     * error is the cause; the Java runtime's TLS has the error of the provider as its cause.
     *
     * @param request method and path of the request, with which the message begins
     * @param failure the error of the connection
     */
    public static Optional<SignatureException> privateKeyFailure(String request, Throwable failure) {
        return Causes.of(failure)
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
                                                + ". Is its hardware or key management service available?"),
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
                ? " This alert can also mean that no TLS version or cipher suite is common to both sides."
                : "";
        if (offered == null) {
            return "the server demands a client certificate, and none was presented (TLS alert " + alert + ")."
                    + otherMeaning;
        }
        return "the server refused our client certificate (TLS alert " + alert + "). We presented: "
                + CertificateDescription.of(offered.certificate())
                + (Instant.now().isAfter(offered.expiresAt()) ? ", so it has expired" : "")
                + ". Test certificates work in the test environments only, production certificates in production only;"
                + " this is " + environment + "." + otherMeaning;
    }
}
