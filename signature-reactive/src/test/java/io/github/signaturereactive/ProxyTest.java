package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** Connections go through the proxy where there is one, and the proxy sees nothing of what is in them. */
@Timeout(60)
class ProxyTest {

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("user:s3cr3t".getBytes(StandardCharsets.UTF_8));

    @Test
    void mutualTlsGoesThroughAnHttpProxyUnopened() throws Exception {
        try (var service = SigningService.start();
                var proxy = TestProxy.http(null)) {
            whoAmI(service, ProxySettings.http("127.0.0.1", proxy.port()).build());

            assertThat(proxy.asked()).hasSize(1);
            assertThat(proxy.asked().get(0))
                    .startsWith("CONNECT service.invalid:" + service.url().getPort() + " HTTP/1.1\r\n");
        }
    }

    @Test
    void mutualTlsGoesThroughASocksProxyUnopened() throws Exception {
        try (var service = SigningService.start();
                var proxy = TestProxy.socks5(null, null)) {
            whoAmI(service, ProxySettings.socks5("127.0.0.1", proxy.port()).build());

            assertThat(proxy.asked())
                    .containsExactly("service.invalid:" + service.url().getPort());
        }
    }

    @Test
    void credentialsAreForTheProxyAlone() throws Exception {
        try (var server = server();
                var http = TestProxy.http(CREDENTIALS);
                var socks = TestProxy.socks5("user", "s3cr3t")) {
            for (ProxySettings.Builder proxy : List.of(
                    ProxySettings.http("127.0.0.1", http.port()), ProxySettings.socks5("127.0.0.1", socks.port()))) {
                try (var client =
                        client(server.url(), proxy.credentials("user", "s3cr3t").build())) {
                    StepVerifier.create(client.whoAmI()).expectNext("You").verifyComplete();
                }
            }

            assertThat(http.asked()).hasSize(1);
            assertThat(socks.asked())
                    .containsExactly("127.0.0.1:" + server.url().getPort());
            assertThat(server.peers())
                    .hasSize(2)
                    .allSatisfy(peer -> assertThat(peer.received())
                            .startsWith("GET /api/123456789 HTTP/1.1\r\n")
                            .doesNotContainIgnoringCase("authorization"));
        }
    }

    @Test
    void aProxyThatRefusesSaysSoAndNothingWasSent() throws Exception {
        try (var server = server();
                var http = TestProxy.http(CREDENTIALS);
                var socks = TestProxy.socks5("user", "s3cr3t")) {
            for (ProxySettings proxy : new ProxySettings[] {
                ProxySettings.http("127.0.0.1", http.port()).build(),
                ProxySettings.http("127.0.0.1", http.port())
                        .credentials("user", "wr0ng")
                        .build(),
                ProxySettings.socks5("127.0.0.1", socks.port())
                        .credentials("user", "wr0ng")
                        .build()
            }) {
                try (var client = client(server.url(), proxy)) {
                    StepVerifier.create(client.whoAmI())
                            .expectErrorSatisfies(error -> assertThat(error)
                                    .isInstanceOfSatisfying(
                                            ServiceUnreachableException.class,
                                            unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                                    .isFalse())
                                    .hasMessageContaining("GET /api/123456789: the proxy did not open the connection")
                                    .hasStackTraceContaining("proxy")
                                    .satisfies(ProxyTest::isWithoutPassword))
                            .verify();
                }
            }
            assertThat(server.peers()).isEmpty();
        }
    }

    private static void isWithoutPassword(Throwable error) {
        assertThat(error).message().doesNotContain("wr0ng");
        assertThat(String.valueOf(error.getCause())).doesNotContain("wr0ng");
    }

    @Test
    void aProxyThatCannotBeFoundIsNamed() throws Exception {
        try (var server = server();
                var client = client(
                        server.url(), ProxySettings.http("proxy.invalid", 3128).build())) {
            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    ServiceUnreachableException.class,
                                    unreachable -> assertThat(unreachable.mayHaveBeenReceived())
                                            .isFalse())
                            .hasMessageContaining("the host of the http proxy proxy.invalid:3128 is unknown"))
                    .verify();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "LOCALHOST,127.0.0.1", "*.0.0.1"})
    void hostsWithoutProxyAreReachedDirectly(String hosts) throws Exception {
        try (var server = server();
                var proxy = TestProxy.http(null);
                var client = client(
                        server.url(),
                        ProxySettings.http("127.0.0.1", proxy.port())
                                .noProxyHosts(hosts.split(","))
                                .build())) {
            StepVerifier.create(client.whoAmI()).expectNext("You").verifyComplete();

            assertThat(proxy.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, false",
        "Example.COM, example.com, false",
        "example.com, api.example.com, true",
        "*.example.com, api.example.com, false",
        "*.example.com, example.com, true",
        "*.example.com, badexample.com, true",
        "10.0.0.1, 10.0.0.10, true"
    })
    void aNameWithAStarStandsForAllBelowIt(String host, String asked, boolean applies) {
        assertThat(ProxySettings.http("proxy", 80).noProxyHosts(host).build().appliesTo(asked))
                .isEqualTo(applies);
    }

    @Test
    void aProxyHasAHostAndAPort() {
        for (int port : new int[] {-1, 0, 65536}) {
            assertThatThrownBy(() -> ProxySettings.http("proxy", port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port of the proxy must be 1 to 65535, but was " + port);
        }
        assertThatThrownBy(() -> ProxySettings.socks5(" ", 80).build()).isInstanceOf(IllegalArgumentException.class);
    }

    /** The service under a name that only the proxy can resolve. */
    private static void whoAmI(SigningService service, ProxySettings proxy) {
        var certificate = OrganizationCertificate.fromPkcs12(
                service.clientCertificate().path(), service.clientCertificate().password());
        var environment = ServiceEnvironment.DIFITEST
                .withServiceUrl(URI.create(service.url().toString().replaceFirst("//[^:/]+", "//service.invalid")))
                .withTrusted(service.certificateAuthority());
        try (var client = SignatureClient.create(ClientConfiguration.builder(certificate)
                .environment(environment)
                .proxy(proxy)
                .build())) {
            StepVerifier.create(client.whoAmI())
                    .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                    .verifyComplete();
        }
        assertThat(service.observations().requests()).hasSize(1);
    }

    private static RawServer server() throws IOException {
        return new RawServer(peer -> {
            peer.readHeaders();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYou");
            peer.readAll();
        });
    }

    private static SignatureClient client(URI url, ProxySettings proxy) {
        return SignatureClient.create(
                TestOrganization.configuration(url).proxy(proxy).build());
    }
}
