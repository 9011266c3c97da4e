package io.github.signaturereactive.security;

import io.github.signaturereactive.job.Field;
import io.github.signaturereactive.job.UntrustedServerException.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A trust manager for the API server of Posten signering. The server presents an enterprise certificate of the organization that runs
 * the service. The certificate is not issued for the host name, so the host name is not verified.
 *
 * <p>The checks are, in this order:
 *
 * <ol>
 *   <li>The certificate is issued to the expected organization number.
 *   <li>The certificate is valid at the current time.
 *   <li>The chain leads to one of the given certificate authorities (PKIX, RFC 5280). Those of the Java runtime are not trusted.
 * </ol>
 *
 * <p>Revocation is not checked. The checks do no I/O.
 */
public final class ServerTrust extends ServerTrustManager {

    /** The organization number of Posten Bring AS, which runs the service. */
    public static final String POSTEN_BRING = "984661185";

    private final String environment;
    private final String organizationNumber;
    private final List<X509Certificate> authorities;
    private final X509ExtendedTrustManager pkix;

    /**
     * Creates a trust manager.
     *
     * @param environment the name of the environment for messages
     * @param authorities the trusted certificate authorities, at least one
     * @param organizationNumber the organization number of the server certificate, nine digits. It is {@link #POSTEN_BRING} except for
     *     test servers
     * @throws IllegalArgumentException if there are no authorities or the organization number is not nine digits
     */
    public ServerTrust(String environment, CertificateAuthorities authorities, String organizationNumber) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.organizationNumber = Field.organizationNumber("organization number of the server", organizationNumber);
        this.authorities = authorities.certificates();
        if (this.authorities.isEmpty()) {
            throw new IllegalArgumentException("The set of trusted certificate authorities must not be empty");
        }
        this.pkix = Pkix.of(this.authorities);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("The server presented no certificate");
        }
        X509Certificate server = chain[0];
        checkOrganizationNumber(server);
        checkValidity(server);
        try {
            // This overload has no engine and no socket, and therefore does not verify the host name.
            pkix.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw untrustedChain(server, e);
        }
    }

    private void checkOrganizationNumber(X509Certificate server) throws UntrustedCertificateException {
        String presented = OrganizationNumber.in(server.getSubjectX500Principal());
        if (!organizationNumber.equals(presented)) {
            throw untrusted(
                    Reason.WRONG_ORGANIZATION_NUMBER,
                    presented == null
                            ? "its certificate has no organization number"
                            : "its certificate is issued to organization number " + presented,
                    server,
                    "Check the service URL: the API and the web pages for signers have different addresses. Check"
                            + " whether a proxy intercepts TLS.",
                    null);
        }
    }

    private void checkValidity(X509Certificate server) throws UntrustedCertificateException {
        try {
            server.checkValidity();
        } catch (CertificateExpiredException e) {
            throw expired("its certificate has expired", server, e);
        } catch (CertificateNotYetValidException e) {
            throw expired("its certificate is not valid yet", server, e);
        }
    }

    private UntrustedCertificateException untrustedChain(X509Certificate server, CertificateException failure) {
        if (Pkix.isExpiry(failure)) {
            return expired("a certificate of its chain has expired or is not valid yet", server, failure);
        }
        return untrusted(
                Reason.UNKNOWN_AUTHORITY,
                "the chain of its certificate does not lead to a trusted authority (" + failure.getMessage() + ")",
                server,
                "Check that the service URL belongs to the environment: test and production have different"
                        + " authorities. Check whether a proxy intercepts TLS. For a test server, add its authority to"
                        + " the trusted certificates.",
                failure);
    }

    private UntrustedCertificateException expired(String what, X509Certificate server, CertificateException cause) {
        return untrusted(
                Reason.EXPIRED,
                what + " (the current time is " + Instant.now() + ")",
                server,
                "Check the clock of this machine. If it is right, the service must renew its certificate.",
                cause);
    }

    private UntrustedCertificateException untrusted(
            Reason reason, String what, X509Certificate server, String advice, @Nullable CertificateException cause) {
        String presented = OrganizationNumber.in(server.getSubjectX500Principal());
        return new UntrustedCertificateException(
                reason,
                "the server is not trusted, so the request was not sent: " + what + ". Expected in " + environment
                        + ": organization number " + organizationNumber + ", authority "
                        + authorities.stream()
                                .map(authority -> "'"
                                        + CertificateDescription.commonName(authority.getSubjectX500Principal()) + "'")
                                .distinct()
                                .collect(Collectors.joining(" or "))
                        + ". Presented: organization number " + (presented == null ? "none" : presented) + ", "
                        + CertificateDescription.of(server) + ". " + advice,
                cause);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(new X509Certificate[0]);
    }
}
