package io.github.signaturereactive.security;

import io.github.signaturereactive.job.UntrustedServerException.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A trust manager for the token endpoint, with the checks of the web PKI. The certificate must be valid, its chain must lead to a
 * certificate authority of the Java runtime or to one of the given authorities (PKIX, RFC 5280), and it must be issued for the host
 * name (RFC 2818). For the API server, see {@link ServerTrust}.
 *
 * <p>The TLS engine must have the endpoint identification algorithm {@code HTTPS}. Revocation is not checked. The checks do no I/O.
 */
public final class WebTrust extends ServerTrustManager {

    private static final String HOST_NAMES = "HTTPS";

    private final X509ExtendedTrustManager pkix;

    private WebTrust(X509ExtendedTrustManager pkix) {
        this.pkix = pkix;
    }

    /**
     * Creates a trust manager with the certificate authorities of the Java runtime. Reads files.
     *
     * @return the trust manager
     */
    public static WebTrust ofTheRuntime() {
        return new WebTrust(Pkix.ofTheRuntime());
    }

    /**
     * Creates a trust manager with the given certificate authorities instead of those of the Java runtime.
     *
     * @param authorities the certificates of the authorities
     * @return the trust manager
     */
    public static WebTrust of(Collection<X509Certificate> authorities) {
        return new WebTrust(Pkix.of(authorities));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (!HOST_NAMES.equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            throw new CertificateException(
                    "The TLS engine must verify the host name: set its endpoint identification algorithm to HTTPS");
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
                    "its certificate is not issued for the host " + engine.getPeerHost() + " (" + e.getMessage() + ")",
                    chain,
                    e);
        }
    }

    private static UntrustedCertificateException untrusted(
            Reason reason, String what, X509Certificate[] chain, CertificateException cause) {
        return new UntrustedCertificateException(
                reason,
                "the server is not trusted, so the request was not sent: " + what
                        + ". Expected: a certificate for the host name from a public authority. Presented: "
                        + CertificateDescription.of(chain[0])
                        + ". Check the URL. Check whether a proxy intercepts TLS.",
                cause);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The host name cannot be verified without a TLS engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
