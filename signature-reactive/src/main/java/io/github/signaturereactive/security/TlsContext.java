package io.github.signaturereactive.security;

import io.github.signaturereactive.job.PrivateKeyException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslPrivateKeyMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.SignatureException;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * The TLS context of a client's connections. It supports TLS 1.2 and 1.3. BoringSSL is used if {@code netty-tcnative} is available,
 * otherwise the TLS of the JDK.
 *
 * <p>Private key operations and certificate validation run on an executor, because they may block. The handlers that Reactor Netty
 * creates by default would run them on the event loop.
 *
 * <p>A context is not released explicitly, because Reactor Netty may open a connection with it after the last call has ended.
 */
public final class TlsContext extends SslContext {

    private static final Logger LOG = Loggers.getLogger(TlsContext.class);

    private final SslContext context;
    private final Executor executor;

    private TlsContext(SslContext context, Executor executor) {
        this.context = context;
        this.executor = executor;
    }

    /**
     * Creates a context. The private key signs test data, so an unsuitable key fails here. Blocks while the key signs.
     *
     * <p>The private key must support {@code SHA256withRSA}. Without RSASSA-PSS, which TLS 1.3 requires, only TLS 1.2 is used.
     *
     * @param certificate the client certificate to present if the server requests one, or null to present none
     * @param trust the trust manager that checks the server
     * @param verifyHostName whether the TLS engine verifies the host name
     * @param executor the executor for private key operations and certificate validation
     * @return the context
     * @throws IllegalArgumentException if the private key does not support {@code SHA256withRSA}, or the TLS of the JDK cannot use it
     * @throws PrivateKeyException if the private key fails to sign
     */
    public static TlsContext create(
            @Nullable OrganizationCertificate certificate,
            X509ExtendedTrustManager trust,
            boolean verifyHostName,
            Executor executor) {
        return create(certificate, trust, verifyHostName, executor, Tls.PROVIDER);
    }

    static TlsContext create(
            @Nullable OrganizationCertificate certificate,
            X509ExtendedTrustManager trust,
            boolean verifyHostName,
            Executor executor,
            SslProvider provider) {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(trust)
                .endpointIdentificationAlgorithm(verifyHostName ? "HTTPS" : null)
                .sslProvider(provider)
                .protocols("TLSv1.3", "TLSv1.2");
        if (certificate != null) {
            present(certificate, builder, provider);
        }
        try {
            return new TlsContext(builder.build(), executor);
        } catch (SSLException e) {
            throw new IllegalStateException("The TLS context cannot be created", e);
        }
    }

    private static void present(OrganizationCertificate certificate, SslContextBuilder builder, SslProvider provider) {
        if (!certificate.supports(SignatureScheme.RSA_PKCS1_SHA256)) {
            throw new IllegalArgumentException("The private key of " + certificate
                    + " does not support SHA256withRSA, which the service requires");
        }
        boolean pss = certificate.supports(SignatureScheme.RSA_PSS_RSAE_SHA256);
        if (pss && provider == SslProvider.OPENSSL) {
            builder.keyManager(certificate.keyManager(false))
                    .option(OpenSslContextOption.PRIVATE_KEY_METHOD, new KeyMethod(certificate));
            return;
        }
        certificate.verifyKeyForTlsOfTheRuntime();
        builder.sslProvider(SslProvider.JDK).keyManager(certificate.keyManager(true));
        if (!pss) {
            LOG.warn(
                    "{}: the private key does not support RSASSA-PSS, which TLS 1.3 requires. Only TLS 1.2 is used",
                    certificate);
            builder.protocols("TLSv1.2");
        }
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator alloc, boolean startTls) {
        return context.newHandler(alloc, executor);
    }

    @Override
    protected SslHandler newHandler(ByteBufAllocator alloc, String peerHost, int peerPort, boolean startTls) {
        return context.newHandler(alloc, peerHost, peerPort, executor);
    }

    @Override
    public boolean isClient() {
        return context.isClient();
    }

    @Override
    public List<String> cipherSuites() {
        return context.cipherSuites();
    }

    /** The return type is deprecated, but the method is abstract in the superclass. */
    @Override
    @SuppressWarnings("deprecation")
    public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
        return context.applicationProtocolNegotiator();
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator alloc) {
        return context.newEngine(alloc);
    }

    @Override
    public SSLEngine newEngine(ByteBufAllocator alloc, String peerHost, int peerPort) {
        return context.newEngine(alloc, peerHost, peerPort);
    }

    @Override
    public SSLSessionContext sessionContext() {
        return context.sessionContext();
    }

    /** Signs for BoringSSL with a private key that may have no encoding. */
    private static final class KeyMethod implements OpenSslPrivateKeyMethod {

        private final OrganizationCertificate certificate;

        KeyMethod(OrganizationCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public byte[] sign(SSLEngine engine, int signatureAlgorithm, byte[] input) throws Exception {
            SignatureScheme scheme = SignatureScheme.ofCode(signatureAlgorithm)
                    .orElseThrow(() -> new SignatureException("The server requires signature scheme "
                            + signatureAlgorithm + ", which is not for RSA keys"));
            return certificate.sign(scheme, input);
        }

        @Override
        public byte[] decrypt(SSLEngine engine, byte[] input) {
            throw new PrivateKeyException("A TLS client does not decrypt with its private key", null);
        }
    }

    /** Selects the TLS implementation on first use and logs it. */
    private static final class Tls {

        static final SslProvider PROVIDER = choose();

        private static SslProvider choose() {
            if (SslProvider.isOptionSupported(SslProvider.OPENSSL, OpenSslContextOption.PRIVATE_KEY_METHOD)) {
                LOG.info("Using TLS of {}", OpenSsl.versionString());
                return SslProvider.OPENSSL;
            }
            LOG.info("Using TLS of the JDK. netty-tcnative with BoringSSL, which is faster, is not available");
            return SslProvider.JDK;
        }
    }
}
