package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.ArchiveClient;
import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.test.StepVerifier;

class SignatureAutoConfigurationTest {

    private static SigningService service;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, SignatureAutoConfiguration.class))
            .withPropertyValues(
                    "signature.service-url=" + service.url(),
                    "signature.trusted-certificates="
                            + service.trustedCertificates().resolve("ca.pem"),
                    "signature.certificate.location="
                            + service.clientCertificate().path(),
                    "signature.certificate.password="
                            + service.clientCertificate().password());

    @BeforeAll
    static void start() {
        service = SigningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void threePropertiesGiveAClientThatTheServiceKnows() {
        runner.run(context -> {
            assertThat(context)
                    .hasSingleBean(ClientConfiguration.class)
                    .hasSingleBean(SignatureConnectionDetails.class)
                    .hasSingleBean(PortalClient.class)
                    .hasSingleBean(DirectClient.class)
                    .hasSingleBean(ArchiveClient.class);
            StepVerifier.create(context.getBean(SignatureClient.class).whoAmI())
                    .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                    .verifyComplete();
        });
    }
}
