package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UntrustedServerException;
import io.github.signaturereactive.job.UntrustedServerException.Reason;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

class WebTrustTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final WebTrust TRUST = WebTrust.of(List.of(TestCertificates.AUTHORITY.getCertificate()));

    /** The TLS implementation of the client and the TLS version. */
    record Setting(SslProvider client, String version) {}

    static Stream<Setting> settings() {
        return Stream.of(SslProvider.OPENSSL, SslProvider.JDK)
                .flatMap(client -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> new Setting(client, version)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void acceptsCertificateForHost(Setting setting) throws Exception {
        try (var server = new Server(setting, certificate(TestCertificates.AUTHORITY, "localhost"))) {
            StepVerifier.create(server.ask(setting, TRUST))
                    .expectNext("yes")
                    .expectComplete()
                    .verify(TIMEOUT);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsCertificateForOtherHost(Setting setting) throws Exception {
        assertThat(refusal(setting, TRUST, certificate(TestCertificates.AUTHORITY, "tokens.example")))
                .hasMessageContaining("GET /: the server is not trusted, so the request was not sent")
                .hasMessageContaining("its certificate is not issued for the host localhost")
                .returns(Reason.WRONG_HOST_NAME, UntrustedServerException::reason);
    }

    /** The certificate of the API server has a trusted authority and organization number, but no host name. */
    @ParameterizedTest
    @MethodSource("settings")
    void rejectsCertificateWithoutHost(Setting setting) throws Exception {
        assertThat(refusal(
                        setting, TRUST, TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN)))
                .returns(Reason.WRONG_HOST_NAME, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsCertificateOfOtherAuthority(Setting setting) throws Exception {
        X509Bundle other = certificate(TestCertificates.OTHER_AUTHORITY, "localhost");

        assertThat(refusal(setting, TRUST, other))
                .hasMessageContaining("does not lead to a trusted authority")
                .returns(Reason.UNKNOWN_AUTHORITY, UntrustedServerException::reason);
        assertThat(refusal(setting, WebTrust.ofTheRuntime(), other))
                .returns(Reason.UNKNOWN_AUTHORITY, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsExpiredCertificate(Setting setting) throws Exception {
        X509Bundle expired = TestCertificates.server(
                TestCertificates.AUTHORITY,
                "CN=tokens",
                builder -> TestCertificates.expired(builder.addSanDnsName("localhost")));

        assertThat(refusal(setting, TRUST, expired))
                .hasMessageContaining("has expired")
                .returns(Reason.EXPIRED, UntrustedServerException::reason);
    }

    @Test
    void rejectsEngineWithoutHostNameVerification() throws Exception {
        X509Certificate[] chain =
                certificate(TestCertificates.AUTHORITY, "localhost").getCertificatePath();
        var unaware = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(null)
                .build()
                .newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", 443);

        assertThatThrownBy(() -> TRUST.checkServerTrusted(chain, "RSA")).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> TRUST.checkServerTrusted(chain, "RSA", unaware))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("The TLS engine must verify the host name");
    }

    private static X509Bundle certificate(X509Bundle authority, String host) {
        return TestCertificates.server(
                authority, "CN=tokens", (CertificateBuilder builder) -> builder.addSanDnsName(host));
    }

    private static UntrustedServerException refusal(Setting setting, WebTrust trust, X509Bundle presented)
            throws Exception {
        try (var server = new Server(setting, presented)) {
            Throwable failure = server.ask(setting, trust)
                    .<Throwable>handle((answer, sink) -> sink.error(new AssertionError("answered " + answer)))
                    .onErrorResume(Mono::just)
                    .block(TIMEOUT);
            assertThat(server.requests).hasValue(0);
            SignatureException explained = HandshakeFailures.explain("GET /", "TESTING", null, failure)
                    .orElseThrow(() -> new AssertionError(failure));
            return (UntrustedServerException) explained;
        }
    }

    private static final class Server implements AutoCloseable {

        final AtomicInteger requests = new AtomicInteger();
        private final DisposableServer server;

        Server(Setting setting, X509Bundle presented) throws SSLException {
            var tls = SslContextBuilder.forServer(presented.getKeyPair().getPrivate(), presented.getCertificatePath())
                    .protocols(setting.version())
                    .build();
            server = HttpServer.create()
                    .host(InetAddress.getLoopbackAddress().getHostAddress())
                    .port(0)
                    .secure(spec -> spec.sslContext(tls))
                    .handle((request, response) -> {
                        requests.incrementAndGet();
                        return response.sendString(Mono.just("yes"));
                    })
                    .bindNow();
        }

        Mono<String> ask(Setting setting, WebTrust trust) throws SSLException {
            var tls = SslContextBuilder.forClient()
                    .sslProvider(setting.client())
                    .protocols(setting.version())
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(trust)
                    .build();
            return HttpClient.create(ConnectionProvider.newConnection())
                    .secure(reactor.netty.tcp.SslProvider.builder()
                            .sslContext(tls)
                            .build())
                    .get()
                    .uri("https://localhost:" + server.port() + "/")
                    .responseSingle((response, body) -> body.asString());
        }

        @Override
        public void close() {
            server.disposeNow();
        }
    }
}
