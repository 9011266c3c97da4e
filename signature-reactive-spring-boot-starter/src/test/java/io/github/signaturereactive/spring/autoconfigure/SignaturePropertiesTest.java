package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Observations.ReceivedRequest;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import io.github.signaturereactive.spring.SpringBootSnippets.SigningServiceConnectionDetails;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;
import reactor.test.StepVerifier;

/** The effects of the properties. See {@link StartupFailuresTest} for invalid values. */
@ExtendWith(OutputCaptureExtension.class)
class SignaturePropertiesTest {

    private static final String OTHER_ORGANIZATION = "987654325";

    private static SigningService service;

    private final ApplicationContextRunner runner =
            ServiceUnderTest.application().withPropertyValues(ServiceUnderTest.properties(service));

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        service = SigningService.builder()
                .authorizeBroker(SigningService.DEFAULT_ORGANIZATION, OTHER_ORGANIZATION)
                .start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void defaultsEqualThoseOfLibrary() {
        SignatureProperties defaults = bound(Map.of());

        assertThat(defaults.environment()).isEqualTo(SignatureProperties.Environment.PRODUCTION);
        assertThat(defaults.calls())
                .isEqualTo(new SignatureProperties.Calls(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        10,
                        1_000));
        assertThat(defaults.downloads())
                .isEqualTo(new SignatureProperties.Downloads(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        10,
                        1_000));
        assertThat(defaults.polling())
                .isEqualTo(new SignatureProperties.Polling(
                        true,
                        1,
                        new SignatureProperties.Polling.Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        Duration.ofSeconds(570),
                        null,
                        new SignatureProperties.Polling.Restart(Duration.ofSeconds(5), Duration.ofMinutes(5))));
        assertThat(defaults.maxJobSize()).isEqualTo(DataSize.ofMegabytes(10));
        assertThat(defaults.callsPerSecond()).isEqualTo(10);
        assertThat(defaults.wiretap()).isFalse();
    }

    @Test
    void blankPropertiesAreUnset() {
        String[] blank = Stream.of(
                        "environment",
                        "service-url",
                        "trusted-certificates",
                        "certificate.location",
                        "certificate.password",
                        "ssl.bundle",
                        "sender",
                        "polling-queue",
                        "access-tokens.client-id",
                        "access-tokens.broker-id",
                        "access-tokens.token-endpoint",
                        "access-tokens.trusted-certificates",
                        "max-job-size",
                        "calls-per-second",
                        "user-agent",
                        "wiretap",
                        "proxy.type",
                        "proxy.host",
                        "proxy.port",
                        "proxy.username",
                        "proxy.password",
                        "proxy.no-proxy-hosts",
                        "calls.connect-timeout",
                        "calls.max-connections",
                        "downloads.idle-timeout",
                        "downloads.max-pending",
                        "document-bundle-dump-directory",
                        "polling.enabled",
                        "polling.concurrency",
                        "polling.default-wait",
                        "polling.restart.first")
                .map(name -> "signature." + name + "=")
                .toArray(String[]::new);

        for (String space : List.of("", "  ")) {
            ServiceUnderTest.application()
                    .withPropertyValues(
                            Stream.of(blank).map(name -> name + space).toArray(String[]::new))
                    .withBean(SignatureConnectionDetails.class, () -> new SigningServiceConnectionDetails(service))
                    .run(context -> assertThat(context)
                            .hasNotFailed()
                            .getBean(SignatureProperties.class)
                            .isEqualTo(bound(Map.of())));
        }
    }

    @Test
    void bindsPolling() {
        SignatureProperties.Polling polling = bound(Map.ofEntries(
                        Map.entry("signature.polling.enabled", "false"),
                        Map.entry("signature.polling.concurrency", "4"),
                        Map.entry("signature.polling.backoff.first", "2s"),
                        Map.entry("signature.polling.backoff.longest", "5m"),
                        Map.entry("signature.polling.default-wait", "30s"),
                        Map.entry("signature.polling.max-wait", "20m"),
                        Map.entry("signature.polling.jitter", "1s"),
                        Map.entry("signature.polling.confirm-within", "8m"),
                        Map.entry("signature.polling.processing-timeout", "3m"),
                        Map.entry("signature.polling.restart.first", "3s"),
                        Map.entry("signature.polling.restart.longest", "1h")))
                .polling();

        assertThat(polling)
                .isEqualTo(new SignatureProperties.Polling(
                        false,
                        4,
                        new SignatureProperties.Polling.Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5)),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(20),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(8),
                        Duration.ofMinutes(3),
                        new SignatureProperties.Polling.Restart(Duration.ofSeconds(3), Duration.ofHours(1))));
    }

    @Test
    void toStringOmitsPasswords() {
        SignatureProperties properties = bound(Map.of(
                "signature.certificate.location", "client.p12",
                "signature.certificate.password", "secret-of-the-certificate",
                "signature.proxy.host", "proxy.example.com",
                "signature.proxy.port", "3128",
                "signature.proxy.username", "name-at-the-proxy",
                "signature.proxy.password", "secret-at-the-proxy"));

        assertThat(properties.toString())
                .contains("client.p12", "proxy.example.com")
                .doesNotContain("secret")
                .doesNotContain("name-at-the-proxy");
    }

    @ParameterizedTest
    @CsvSource({
        "production, https://api.signering.posten.no/api",
        "difitest, https://api.difitest.signering.posten.no/api",
        "difiqa, https://api.difiqa.signering.posten.no/api"
    })
    void environmentDeterminesServiceUrl(String environment, String serviceUrl) {
        ServiceUnderTest.application()
                .withPropertyValues(
                        "signature.environment=" + environment,
                        "signature.certificate.location="
                                + service.clientCertificate().path(),
                        "signature.certificate.password="
                                + service.clientCertificate().password())
                .run(context -> assertThat(context.getBean(ClientConfiguration.class))
                        .asString()
                        .contains(environment + " at " + serviceUrl));
    }

    @Test
    void usesSenderOfProperties() {
        runner.withPropertyValues("signature.sender=" + OTHER_ORGANIZATION).run(context -> {
            StepVerifier.create(context.getBean(PortalClient.class).getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(lastRequest().uri()).contains("/" + OTHER_ORGANIZATION + "/");
        });
    }

    @Test
    void senderDefaultsToOrganizationOfCertificate() {
        runner.run(context -> {
            StepVerifier.create(context.getBean(PortalClient.class).getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(lastRequest().uri())
                    .contains("/" + SigningService.DEFAULT_ORGANIZATION + "/")
                    .doesNotContain("polling_queue");
        });
    }

    @Test
    void usesPollingQueueOfProperties() {
        runner.withPropertyValues("signature.polling-queue=contracts").run(context -> {
            StepVerifier.create(context.getBean(PortalClient.class).getStatusChange())
                    .expectNextCount(1)
                    .verifyComplete();
            assertThat(lastRequest().uri()).endsWith("?polling_queue=contracts");
        });
    }

    @Test
    void addsApplicationToUserAgent() {
        runner.withPropertyValues("signature.user-agent=contracts/2.1").run(context -> {
            isKnown(context.getBean(SignatureClient.class));
            assertThat(lastRequest().headers().get("user-agent")).endsWith("(contracts/2.1)");
        });
    }

    @Test
    void zeroCallsPerSecondMeansNoLimit() {
        runner.withPropertyValues("signature.calls-per-second=0").run(context -> {
            assertThat(context).hasNotFailed();
            isKnown(context.getBean(SignatureClient.class));
        });
    }

    @Test
    void logsRequestsWithWiretap(CapturedOutput output) {
        runner.run(context -> isKnown(context.getBean(SignatureClient.class)));
        assertThat(output).doesNotContain("signaturereactive.wiretap");

        runner.withPropertyValues("signature.wiretap=true")
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
        assertThat(output.getOut()).containsIgnoringCase("wiretap").contains("GET");
    }

    @Test
    void usesProxyExceptForNoProxyHosts() {
        // A proxy that refuses connections.
        ApplicationContextRunner behindProxy = runner.withPropertyValues(
                "signature.proxy.type=socks5",
                "signature.proxy.host=127.0.0.1",
                "signature.proxy.port=1",
                "signature.proxy.username=name",
                "signature.proxy.password=password");

        behindProxy.run(context -> StepVerifier.create(
                        context.getBean(SignatureClient.class).whoAmI())
                .verifyErrorSatisfies(error -> assertThat(error).hasMessageContaining("the connection was refused")));
        behindProxy
                .withPropertyValues("signature.proxy.no-proxy-hosts=example.com,localhost")
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
    }

    @Test
    void savesDocumentBundlesInDirectory() {
        runner.withPropertyValues("signature.document-bundle-dump-directory=" + directory)
                .run(context -> {
                    PortalJob job = PortalJob.builder(
                                    "Title",
                                    List.of(PortalDocument.builder("Document", pdf())
                                            .build()),
                                    List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                            .build()))
                            .withReference("reference")
                            .build();
                    StepVerifier.create(context.getBean(PortalClient.class).create(job))
                            .expectNextCount(1)
                            .verifyComplete();
                    assertThat(directory)
                            .isDirectoryContaining(file -> file.toString().endsWith("reference-asice.zip"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file:", "file://"})
    void acceptsPathsAndFileUrlsOfCertificates(String prefix) {
        ServiceUnderTest.application()
                .withPropertyValues(ServiceUnderTest.properties(service))
                .withPropertyValues("signature.certificate.location=" + prefix
                        + service.clientCertificate().path())
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
    }

    @Test
    void theCertificateMayBeAPkcs12Bundle() {
        ClientCertificate certificate = service.issueClientCertificate(SigningService.DEFAULT_ORGANIZATION);

        isPresented(
                certificate,
                "spring.ssl.bundle.jks.organization.keystore.location=" + certificate.path(),
                "spring.ssl.bundle.jks.organization.keystore.password=" + certificate.password());
    }

    @Test
    void selectsKeyOfBundleByAlias() {
        ClientCertificate wanted = service.issueClientCertificate(SigningService.DEFAULT_ORGANIZATION);
        Path keys = new CertificateFiles(directory)
                .withKeys("keys.p12", List.of(service.issueClientCertificate(OTHER_ORGANIZATION), wanted));

        isPresented(
                wanted,
                "spring.ssl.bundle.jks.organization.keystore.location=" + keys,
                "spring.ssl.bundle.jks.organization.keystore.password=" + CertificateFiles.PASSWORD,
                "spring.ssl.bundle.jks.organization.key.alias=1",
                "spring.ssl.bundle.jks.organization.key.password=" + CertificateFiles.PASSWORD);
    }

    @Test
    void acceptsPemBundle() {
        ClientCertificate certificate = service.issueClientCertificate(SigningService.DEFAULT_ORGANIZATION);
        Path pem = new CertificateFiles(directory).pem("client.pem", certificate);

        isPresented(
                certificate,
                "spring.ssl.bundle.pem.organization.keystore.certificate=" + pem,
                "spring.ssl.bundle.pem.organization.keystore.private-key=" + pem);
    }

    @Test
    void acceptsEncryptedKeyWithAliasInPemBundle() {
        ClientCertificate certificate = service.issueClientCertificate(SigningService.DEFAULT_ORGANIZATION);
        CertificateFiles files = new CertificateFiles(directory);

        isPresented(
                certificate,
                "spring.ssl.bundle.pem.organization.keystore.certificate="
                        + files.certificate("client.pem", certificate.certificate()),
                "spring.ssl.bundle.pem.organization.keystore.private-key="
                        + files.encryptedKey("client.key", certificate.privateKey()),
                "spring.ssl.bundle.pem.organization.keystore.private-key-password=" + CertificateFiles.PASSWORD,
                "spring.ssl.bundle.pem.organization.key.alias=mine",
                "spring.ssl.bundle.pem.organization.key.password=of-the-key");
    }

    private static void isPresented(ClientCertificate certificate, String... bundle) {
        ServiceUnderTest.application()
                .withPropertyValues(ServiceUnderTest.location(service))
                .withPropertyValues("signature.ssl.bundle=organization")
                .withPropertyValues(bundle)
                .run(context -> {
                    isKnown(context.getBean(SignatureClient.class));
                    assertThat(lastRequest().clientCertificate()).isEqualTo(certificate.certificate());
                });
    }

    private static SignatureProperties bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("signature", SignatureProperties.class);
    }

    private static void isKnown(SignatureClient client) {
        StepVerifier.create(client.whoAmI())
                .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                .verifyComplete();
    }

    private static ReceivedRequest lastRequest() {
        List<ReceivedRequest> requests = service.observations().requests();
        return requests.get(requests.size() - 1);
    }

    private static byte[] pdf() {
        return "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
    }
}
