package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.AccessTokens;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import io.github.signaturereactive.spring.SpringBootSnippets.SigningServiceConnectionDetails;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.test.StepVerifier;

/** The properties of access tokens. */
@ExtendWith(OutputCaptureExtension.class)
class AccessTokenPropertiesTest {

    private SigningService service;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        service = SigningService.builder().accessTokens().start();
        service.accessTokens().register("client", "broker", service.clientCertificate());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void callsServiceWithTokenAndWithoutCertificate() {
        withTokens()
                .withPropertyValues(ServiceUnderTest.properties(service))
                .run(context -> isKnownByItsToken(context.getBean(SignatureClient.class)));
    }

    @Test
    void connectionDetailsMayContainTokenEndpoint() {
        ServiceUnderTest.application()
                .withPropertyValues(
                        "signature.access-tokens.client-id=client", "signature.access-tokens.broker-id=broker")
                .withBean(SignatureConnectionDetails.class, () -> new TokenConnectionDetails(service))
                .run(context -> isKnownByItsToken(context.getBean(SignatureClient.class)));
    }

    @Test
    void callsServiceWithCertificateWithoutClientId() {
        ServiceUnderTest.application()
                .withPropertyValues(ServiceUnderTest.properties(service))
                .run(context -> {
                    assertThat(context).hasSingleBean(ClientConfiguration.class);
                    StepVerifier.create(context.getBean(SignatureClient.class).whoAmI())
                            .expectNextCount(1)
                            .verifyComplete();
                    assertThat(service.observations().tokenRequests()).isEmpty();
                });
    }

    /** A renewed certificate needs a new client id, which an SSL bundle does not contain. */
    @Test
    void ignoresReloadedCertificateWithoutNewClientId(CapturedOutput output) throws IOException {
        Path file = Files.copy(service.clientCertificate().path(), directory.resolve("organization.p12"));
        byte[] renewed = Files.readAllBytes(service.issueClientCertificate(SigningService.DEFAULT_ORGANIZATION)
                .path());

        withTokens()
                .withPropertyValues(ServiceUnderTest.location(service))
                .withPropertyValues(
                        "signature.ssl.bundle=organization",
                        "spring.ssl.bundle.watch.file.quiet-period=100ms",
                        "spring.ssl.bundle.jks.organization.reload-on-update=true",
                        "spring.ssl.bundle.jks.organization.keystore.location=" + file,
                        "spring.ssl.bundle.jks.organization.keystore.password=" + CertificateFiles.PASSWORD)
                .run(context -> {
                    Files.write(file, renewed);
                    await().until(() ->
                            output.getOut().contains("With access tokens, a certificate belongs to a client id"));
                    isKnownByItsToken(context.getBean(SignatureClient.class));
                });
    }

    private ApplicationContextRunner withTokens() {
        Path authority = new CertificateFiles(directory)
                .certificate("token-ca.pem", service.accessTokens().certificateAuthority());
        return ServiceUnderTest.application()
                .withPropertyValues(
                        "signature.access-tokens.client-id=client",
                        "signature.access-tokens.broker-id=broker",
                        "signature.access-tokens.token-endpoint="
                                + service.accessTokens().tokenEndpoint(),
                        "signature.access-tokens.trusted-certificates=" + authority);
    }

    private void isKnownByItsToken(SignatureClient client) {
        StepVerifier.create(client.whoAmI())
                .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                .verifyComplete();
        assertThat(service.observations().tokenRequests()).hasSize(1).allSatisfy(request -> {
            assertThat(request.body()).contains("client_id=client");
            assertThat(request.certificate())
                    .isEqualTo(service.clientCertificate().certificate());
        });
        assertThat(service.observations().requests())
                .hasSize(1)
                .allSatisfy(request -> assertThat(request.clientCertificate()).isNull());
    }

    private static final class TokenConnectionDetails extends SigningServiceConnectionDetails {

        private final AccessTokens tokens;

        TokenConnectionDetails(SigningService service) {
            super(service);
            this.tokens = service.accessTokens();
        }

        @Override
        public URI tokenEndpoint() {
            return tokens.tokenEndpoint();
        }

        @Override
        public List<X509Certificate> tokenEndpointTrustedCertificates() {
            return List.of(tokens.certificateAuthority());
        }
    }
}
