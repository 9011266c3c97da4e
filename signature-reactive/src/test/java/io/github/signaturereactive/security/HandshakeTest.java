package io.github.signaturereactive.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UntrustedServerException;
import io.github.signaturereactive.job.UntrustedServerException.Reason;
import io.github.signaturereactive.testing.TestKeyProvider;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;
import reactor.test.StepVerifier;

/** TLS handshakes over sockets, and the errors if client or server rejects the certificate of the other. */
class HandshakeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final X509Bundle POSTEN =
            TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN);

    /** The TLS implementations of client and server, and the TLS version. */
    record Setting(SslProvider client, SslProvider server, String version) {}

    static Stream<Setting> settings() {
        return Stream.of(SslProvider.OPENSSL, SslProvider.JDK)
                .flatMap(client -> Stream.of(SslProvider.OPENSSL, SslProvider.JDK)
                        .flatMap(server ->
                                Stream.of("TLSv1.2", "TLSv1.3").map(version -> new Setting(client, server, version))));
    }

    static Stream<Setting> tls12Settings() {
        return settings().filter(setting -> setting.version().equals("TLSv1.2"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void acceptsServerCertificateForOtherHostName(Setting setting) throws Exception {
        var offered = TestCertificates.organization(TestCertificates.client());
        try (Server server = new Server(setting, POSTEN)) {
            StepVerifier.create(server.ask(setting, offered))
                    .assertNext(client -> assertThat(client).startsWith("CN=Testing AS,"))
                    .expectComplete()
                    .verify(TIMEOUT);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void presentsCertificateOfKeyWithoutEncoding(Setting setting) throws Exception {
        assertThat(subjectPresentedByKeyWithoutEncoding(setting)).startsWith("CN=Testing AS,");
    }

    @ParameterizedTest
    @MethodSource("tls12Settings")
    void presentsCertificateOfKeyWithoutPssWithTls12(Setting setting) throws Exception {
        TestKeyProvider.pss(false);
        assertThat(subjectPresentedByKeyWithoutEncoding(setting)).startsWith("CN=Testing AS,");
    }

    private static String subjectPresentedByKeyWithoutEncoding(Setting setting) throws Exception {
        Security.addProvider(new TestKeyProvider());
        var offered = OrganizationCertificate.fromPrivateKey(
                TestKeyProvider.wrap(TestCertificates.CLIENT_KEY.getPrivate()),
                List.of(TestCertificates.client().getCertificate()));
        try (Server server = new Server(setting, POSTEN)) {
            return server.ask(setting, offered).block(TIMEOUT);
        } finally {
            TestKeyProvider.pss(true);
            Security.removeProvider("TestKeys");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsServerOfOtherOrganization(Setting setting) throws Exception {
        X509Bundle other = TestCertificates.server(
                TestCertificates.AUTHORITY,
                "CN=Other AS,OID.2.5.4.97=NTRNO-111111111,C=NO",
                builder -> builder.addSanDnsName("localhost"));
        assertThat(refusal(setting, other))
                .hasMessageContaining("GET /: the server is not trusted")
                .hasMessageContaining("is issued to organization number 111111111")
                .returns(Reason.WRONG_ORGANIZATION_NUMBER, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsServerOfOtherAuthority(Setting setting) throws Exception {
        X509Bundle other = TestCertificates.server(TestCertificates.OTHER_AUTHORITY, TestCertificates.POSTEN);
        assertThat(refusal(setting, other))
                .hasMessageContaining("issuer 'CN=Some Other CA,C=NO'")
                .returns(Reason.UNKNOWN_AUTHORITY, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsExpiredServerCertificate(Setting setting) throws Exception {
        X509Bundle expired =
                TestCertificates.server(TestCertificates.AUTHORITY, TestCertificates.POSTEN, TestCertificates::expired);
        assertThat(refusal(setting, expired))
                .hasMessageContaining("its certificate has expired")
                .returns(Reason.EXPIRED, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void rejectsServerCertificateThatIsNotValidYet(Setting setting) throws Exception {
        X509Bundle early = TestCertificates.server(
                TestCertificates.AUTHORITY, TestCertificates.POSTEN, TestCertificates::notYetValid);
        assertThat(refusal(setting, early))
                .hasMessageContaining("its certificate is not valid yet")
                .returns(Reason.EXPIRED, UntrustedServerException::reason);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explainsMissingClientCertificate(Setting setting) throws Exception {
        assertThat(rejection(setting, null))
                .hasMessageContaining("GET /: the server requires a client certificate, but none was presented");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explainsExpiredClientCertificate(Setting setting) throws Exception {
        var expired = TestCertificates.organization(
                TestCertificates.client(TestCertificates.AUTHORITY, TestCertificates::expired));
        assertThat(rejection(setting, expired))
                .hasMessageContaining("GET /: the server rejected the client certificate (TLS alert ")
                .hasMessageContaining(
                        "subject 'CN=Testing AS,organizationIdentifier=NTRNO-123456789,O=Testing AS,C=NO'")
                .hasMessageContaining("issuer 'CN=Testing CA,C=NO'")
                .hasMessageContaining("to " + expired.expiresAt() + ". This certificate has expired.")
                .hasMessageContaining("The environment is TESTING.");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explainsClientCertificateOfUnknownAuthority(Setting setting) throws Exception {
        var unknown =
                TestCertificates.organization(TestCertificates.client(TestCertificates.OTHER_AUTHORITY, same -> same));
        assertThat(rejection(setting, unknown))
                .hasMessageContaining("issuer 'CN=Some Other CA,C=NO'")
                .hasMessageContaining("Use test certificates in test environments only");
    }

    @ParameterizedTest
    @MethodSource("settings")
    void explainsCertificateRejectionDuringLargeUpload(Setting setting) throws Exception {
        var unknown =
                TestCertificates.organization(TestCertificates.client(TestCertificates.OTHER_AUTHORITY, same -> same));
        try (Server server = new Server(setting, POSTEN)) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.explained(unknown, server.upload(setting, unknown)))
                        .isInstanceOf(CertificateRejectedException.class);
            }
            assertThat(server.requests).hasValue(0);
        }
    }

    private static UntrustedServerException refusal(Setting setting, X509Bundle presented) throws Exception {
        var offered = TestCertificates.organization(TestCertificates.client());
        try (Server server = new Server(setting, presented)) {
            SignatureException failure = server.explained(offered, server.ask(setting, offered));
            assertThat(server.requests).hasValue(0);
            return (UntrustedServerException) failure;
        }
    }

    private static CertificateRejectedException rejection(Setting setting, @Nullable OrganizationCertificate offered)
            throws Exception {
        try (Server server = new Server(setting, POSTEN)) {
            SignatureException failure = server.explained(offered, server.ask(setting, offered));
            assertThat(server.requests).hasValue(0);
            return (CertificateRejectedException) failure;
        }
    }

    private static void runBlocking(Runnable task) {
        Disposable unused = Schedulers.boundedElastic().schedule(task);
    }

    /** A server that requires a client certificate of the test authority and responds with its subject. */
    private static final class Server implements AutoCloseable {

        final AtomicInteger requests = new AtomicInteger();
        private final DisposableServer server;

        Server(Setting setting, X509Bundle presented) throws SSLException {
            SslContextBuilder builder = SslContextBuilder.forServer(
                            presented.getKeyPair().getPrivate(), presented.getCertificatePath())
                    .sslProvider(setting.server())
                    .protocols(setting.version())
                    .clientAuth(ClientAuth.REQUIRE);
            SslContext tls = (setting.server() == SslProvider.JDK
                            ? builder.trustManager(TestCertificates.AUTHORITY.getCertificate())
                            : builder.trustManager(new OpenSslTrustManager()))
                    .build();
            server = HttpServer.create()
                    .host(InetAddress.getLoopbackAddress().getHostAddress())
                    .port(0)
                    .secure(spec -> spec.sslContext(tls))
                    .handle((request, response) -> {
                        requests.incrementAndGet();
                        AtomicReference<SSLSession> session = new AtomicReference<>();
                        request.withConnection(connection -> session.set(connection
                                .channel()
                                .pipeline()
                                .get(SslHandler.class)
                                .engine()
                                .getSession()));
                        return response.sendString(Mono.fromCallable(
                                () -> session.get().getPeerPrincipal().getName()));
                    })
                    .bindNow();
        }

        SignatureException explained(@Nullable OrganizationCertificate offered, Mono<String> exchange) {
            Throwable failure = exchange.<Throwable>handle(
                            (answer, sink) -> sink.error(new AssertionError("answered " + answer)))
                    .onErrorResume(Mono::just)
                    .block(TIMEOUT);
            return HandshakeFailures.explain("GET /", "TESTING", offered, failure)
                    .orElseThrow(() -> new AssertionError(failure));
        }

        Mono<String> ask(Setting setting, @Nullable OrganizationCertificate offered) {
            return client(setting, offered).get().uri(uri()).responseSingle((response, body) -> body.asString());
        }

        Mono<String> upload(Setting setting, OrganizationCertificate offered) {
            return client(setting, offered)
                    .post()
                    .uri(uri())
                    .send(Flux.range(0, 500).map(i -> Unpooled.wrappedBuffer(new byte[16384])))
                    .responseSingle((response, body) -> body.asString());
        }

        private String uri() {
            return "https://localhost:" + server.port() + "/";
        }

        private static HttpClient client(Setting setting, @Nullable OrganizationCertificate offered) {
            SslContext context = TlsContext.create(
                    offered,
                    new ServerTrust(
                            "TESTING",
                            CertificateAuthorities.of(List.of(TestCertificates.AUTHORITY.getCertificate())),
                            ServerTrust.POSTEN_BRING),
                    false,
                    HandshakeTest::runBlocking,
                    setting.client());
            return HttpClient.create(ConnectionProvider.newConnection())
                    .secure(reactor.netty.tcp.SslProvider.builder()
                            .sslContext(context)
                            .build())
                    .doOnChannelInit((observer, channel, address) ->
                            channel.pipeline().addFirst(new DrainOnWriteFailureHandler()));
        }

        @Override
        public void close() {
            server.disposeNow();
        }
    }

    /**
     * A trust manager that rejects unknown authorities with the alert {@code unknown_ca}, as servers do whose certificates are verified
     * by OpenSSL. With the trust manager of the JDK, Netty sends {@code internal_error}.
     */
    private static final class OpenSslTrustManager implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            chain[0].checkValidity();
            try {
                chain[0].verify(TestCertificates.AUTHORITY.getCertificate().getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new OpenSslCertificateException(
                        e, CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("Server certificates are not accepted");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {TestCertificates.AUTHORITY.getCertificate()};
        }
    }
}
