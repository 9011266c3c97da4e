package io.github.signaturereactive.signingservice.certificate;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** Reads the certificate that a client presented in the TLS handshake. */
public final class PresentedCertificate {

    private PresentedCertificate() {}

    /** Returns the certificate that the client presented in the TLS handshake, or empty if it presented none. */
    public static Optional<X509Certificate> of(HttpServerRequest request) {
        SslHandler tls = channel(request).pipeline().get(SslHandler.class);
        try {
            return Optional.of((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    /** Returns the channel of the request. */
    public static Channel channel(HttpServerRequest request) {
        AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
        request.withConnection(connection -> channel.set(connection.channel()));
        return Objects.requireNonNull(channel.get());
    }
}
