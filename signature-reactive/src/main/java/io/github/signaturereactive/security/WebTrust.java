package io.github.signaturereactive.security;

import io.github.signaturereactive.job.UntrustedServerException.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server as browsers do: its certificate is valid, issued by an authority of the Java runtime (or by one of those
 * given instead), and for the host name that was asked for. That is how the token endpoint proves itself, and the opposite
 * of {@link ServerTrust}, of which it knows nothing.
 *
 * <p>The checks need no I/O, since this runs on the event loop: revocation is not checked.
 */
public final class WebTrust extends TrustInServers {

    private static final String HOST_NAMES = "HTTPS";

    private final X509ExtendedTrustManager pkix;

    private WebTrust(X509ExtendedTrustManager pkix) {
        this.pkix = pkix;
    }

    /** By the authorities of the Java runtime. Reads them from its files. */
    public static WebTrust ofTheRuntime() {
        return new WebTrust(Pkix.ofTheRuntime());
    }

    /** By these authorities, and not by those of the Java runtime. */
    public static WebTrust of(Collection<X509Certificate> authorities) {
        return new WebTrust(Pkix.of(authorities));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!HOST_NAMES.equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw new CertificateException("Host names are to be verified here, and the TLS engine is not told to");
        }
        try {
            pkix.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw untrusted(
                    Pkix.isExpiry(e) ? Reason.EXPIRED : Reason.UNKNOWN_AUTHORITY,
                    Pkix.isExpiry(e)
                            ? "a certificate of its chain has expired or is not valid yet"
                            : "the chain of its certificate does not lead to a trusted authority",
                    chain,
                    e);
        }
        try {
            pkix.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw untrusted(
                    Reason.WRONG_HOST_NAME,
                    "its certificate is not for the host " + engine.getPeerHost() + " (" + e.getMessage() + ")",
                    chain,
                    e);
        }
    }

    private static UntrustedCertificateException untrusted(
            Reason reason, String what, X509Certificate[] chain, CertificateException cause) {
        return new UntrustedCertificateException(
                reason,
                "the server is not trusted, and nothing was sent to it: " + what
                        + ". Expected: a certificate for its host name, from a public authority. Presented: "
                        + CertificateDescription.of(chain[0])
                        + ". Is the address right? Or does a proxy open the TLS connection?",
                cause);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Without a TLS engine there is no host name to verify");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
