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
 * The TLS of a client's connections. Key operations and the validation of certificates run on an executor, because Reactor Netty
 * creates handlers that would run them on the event loop.
 *
 * <p>Contexts are not released explicitly: a connection may still be opened with one after the last call that uses it has ended.
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
     * Creates a context that presents the certificate to a server that asks for one. The key signs once, so that a key that cannot be
     * used fails here. Blocks for as long as the key takes.
     *
     * @param certificate the certificate, or null to present none
     * @param trust decides about the server
     * @param verifyHostName whether TLS verifies the host name
     * @param executor runs key operations and the validation of certificates, both of which may block
     * @throws IllegalArgumentException if the key does not support what TLS or document bundles require
     * @throws PrivateKeyException if the key fails
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
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static void present(OrganizationCertificate certificate, SslContextBuilder builder, SslProvider provider) {
        if (!certificate.supports(SignatureScheme.RSA_PKCS1_SHA256)) {
            throw new IllegalArgumentException("The private key of " + certificate
                    + " cannot sign with SHA256withRSA, which the service requires");
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
                    "{}: the private key cannot sign with RSASSA-PSS, which TLS 1.3 requires, so TLS 1.2 is used",
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

    /** The return type is deprecated, but abstract in the superclass. */
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

    /** Lets BoringSSL use a key that it cannot have itself. */
    private static final class KeyMethod implements OpenSslPrivateKeyMethod {

        private final OrganizationCertificate certificate;

        KeyMethod(OrganizationCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public byte[] sign(SSLEngine engine, int signatureAlgorithm, byte[] input) throws Exception {
            SignatureScheme scheme = SignatureScheme.ofCode(signatureAlgorithm)
                    .orElseThrow(() -> new SignatureException(
                            "The server asks for signature scheme " + signatureAlgorithm + ", which is none of RSA"));
            return certificate.sign(scheme, input);
        }

        @Override
        public byte[] decrypt(SSLEngine engine, byte[] input) {
            throw new PrivateKeyException("TLS clients decrypt nothing with their key", null);
        }
    }

    /** Which TLS implementation there is, determined and logged once. */
    private static final class Tls {

        static final SslProvider PROVIDER = choose();

        private static SslProvider choose() {
            if (SslProvider.isOptionSupported(SslProvider.OPENSSL, OpenSslContextOption.PRIVATE_KEY_METHOD)) {
                LOG.info("TLS by {}", OpenSsl.versionString());
                return SslProvider.OPENSSL;
            }
            LOG.info("TLS by the JDK; netty-tcnative with BoringSSL, which is faster, was not loaded");
            return SslProvider.JDK;
        }
    }
}
