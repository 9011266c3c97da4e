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
 * Trusts a server only if its certificate is issued to the expected organization number by one of the given
 * authorities, and is valid. The host name is not looked at: the service's certificate names its organization instead.
 * The Java runtime's own authorities are not trusted.
 *
 * <p>Checks are made in the order organization number, validity, chain, so that the message tells what is wrong first.
 * They need no I/O, since this runs on the event loop: revocation is not checked.
 */
public final class ServerTrust extends TrustInServers {

    /** Posten Bring AS, who runs the service. */
    public static final String POSTEN_BRING = "984661185";

    private final String environment;
    private final String organizationNumber;
    private final List<X509Certificate> authorities;
    private final X509ExtendedTrustManager pkix;

    /**
     * Creates what the TLS layer asks about servers.
     *
     * @param environment what messages call the environment
     * @param authorities whose certificates are accepted; at least one
     * @param organizationNumber to whom they must be issued, nine digits: {@link #POSTEN_BRING} or that of a stand-in
     */
    public ServerTrust(String environment, CertificateAuthorities authorities, String organizationNumber) {
        this.environment = Objects.requireNonNull(environment, "environment");
        this.organizationNumber = Field.organizationNumber("organization number of the server", organizationNumber);
        this.authorities = authorities.certificates();
        if (this.authorities.isEmpty()) {
            throw new IllegalArgumentException("Without certificate authorities no server can be trusted; give one");
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
            // Without engine or socket, so that no host name is compared.
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
                            ? "its certificate names no organization number"
                            : "its certificate is issued to organization number " + presented,
                    server,
                    "Is the service's address right? The web page that signers see has another address than the API."
                            + " Or does a proxy open the TLS connection?",
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
                "Are environment and address those of each other? Test and production have different authorities. Or"
                        + " does a proxy open the TLS connection? For a stand-in of the service, add its authority to"
                        + " the trusted certificates.",
                failure);
    }

    private UntrustedCertificateException expired(String what, X509Certificate server, CertificateException cause) {
        return untrusted(
                Reason.EXPIRED,
                what + " (it is " + Instant.now() + " here)",
                server,
                "Is this machine's clock right? If it is, the service has to renew its certificate.",
                cause);
    }

    private UntrustedCertificateException untrusted(
            Reason reason, String what, X509Certificate server, String advice, @Nullable CertificateException cause) {
        String presented = OrganizationNumber.in(server.getSubjectX500Principal());
        return new UntrustedCertificateException(
                reason,
                "the server is not trusted, and nothing was sent to it: " + what + ". Expected in " + environment
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
