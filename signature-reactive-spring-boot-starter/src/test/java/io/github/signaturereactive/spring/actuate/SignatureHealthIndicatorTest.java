package io.github.signaturereactive.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.testing.TestKeyProvider;
import java.security.Security;
import java.security.SignatureException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The health indicator without pollers. */
class SignatureHealthIndicatorTest {

    private static SigningService service;
    private static OrganizationCertificate certificate;

    @BeforeAll
    static void start() {
        service = SigningService.start();
        certificate = OrganizationCertificate.fromPkcs12(
                service.clientCertificate().path(), service.clientCertificate().password());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Health health(Instant now) {
        var indicator =
                new SignatureHealthIndicator(() -> certificate, List.of(), null, Clock.fixed(now, ZoneOffset.UTC));
        return indicator.health().block();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> certificateOf(Health health) {
        return (Map<String, Object>) health.getDetails().get("certificate");
    }

    @Test
    void validCertificateIsUpWithDaysLeft() {
        Health health = health(certificate.expiresAt().minus(Duration.ofDays(31)));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(certificateOf(health))
                .containsEntry("daysLeft", 31L)
                .containsEntry("expiresAt", certificate.expiresAt())
                .doesNotContainKeys("warning", "error");
        assertThat(health.getDetails()).doesNotContainKeys("pollers", "whoAmI");
    }

    @Test
    void certificateThatExpiresSoonIsUpWithWarning() {
        Health health =
                health(certificate.expiresAt().minus(Duration.ofDays(30)).plusSeconds(1));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(certificateOf(health)).containsEntry("daysLeft", 29L).containsKey("warning");
    }

    @Test
    void expiredCertificateIsDown() {
        Health health = health(certificate.expiresAt().plusSeconds(1));

        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(certificateOf(health)).containsKey("error");
    }

    @Test
    void certificateThatIsNotValidYetIsDown() {
        Instant from = certificate.certificate().getNotBefore().toInstant();

        assertThat(health(from.minusSeconds(1)).getStatus()).isEqualTo(Status.DOWN);
        assertThat(health(from).getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void privateKeyThatFailsIsDownUntilItSignsAgain() {
        Security.addProvider(new TestKeyProvider());
        try {
            var inHardware = OrganizationCertificate.fromPrivateKey(
                    TestKeyProvider.wrap(service.clientCertificate().privateKey()),
                    service.clientCertificate().chain());
            var indicator = new SignatureHealthIndicator(() -> inHardware, List.of(), null, Clock.systemUTC());
            assertThat(indicator.health().block().getStatus()).isEqualTo(Status.UP);

            TestKeyProvider.beforeSigning(() -> {
                throw new SignatureException("the token was removed");
            });
            assertThatThrownBy(() -> inHardware.sign(new byte[1])).isInstanceOf(PrivateKeyException.class);
            Health down = indicator.health().block();
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(certificateOf(down))
                    .extractingByKey("privateKey")
                    .asString()
                    .contains("the token was removed");

            TestKeyProvider.beforeSigning(() -> {});
            assertThat(inHardware.sign(new byte[1])).isNotEmpty();
            assertThat(indicator.health().block().getStatus()).isEqualTo(Status.UP);
        } finally {
            TestKeyProvider.beforeSigning(() -> {});
            Security.removeProvider("TestKeys");
        }
    }

    @Test
    void callsServiceAtMostOncePerMinute() {
        var asked = new AtomicInteger();
        StepVerifier.withVirtualTime(() -> {
                    Mono<String> whoAmI = Mono.fromSupplier(() -> "You are number " + asked.incrementAndGet());
                    return new SignatureHealthIndicator(() -> certificate, List.of(), whoAmI, Clock.systemUTC())
                            .health()
                            .delaySubscription(Duration.ofSeconds(25))
                            .repeat(2);
                })
                .thenAwait(Duration.ofSeconds(25))
                .assertNext(health -> assertThat(health.getDetails()).containsEntry("whoAmI", "You are number 1"))
                .thenAwait(Duration.ofSeconds(25))
                .assertNext(health -> assertThat(health.getDetails()).containsEntry("whoAmI", "You are number 1"))
                .thenAwait(Duration.ofSeconds(50))
                .assertNext(health -> assertThat(health.getStatus()).isEqualTo(Status.UP))
                .verifyComplete();
        assertThat(asked).hasValue(1);
    }

    @Test
    void callsServiceAgainAfterOneMinute() {
        var asked = new AtomicInteger();
        StepVerifier.withVirtualTime(() -> {
                    Mono<String> whoAmI = Mono.fromSupplier(() -> "You are number " + asked.incrementAndGet());
                    return new SignatureHealthIndicator(() -> certificate, List.of(), whoAmI, Clock.systemUTC())
                            .health()
                            .delaySubscription(Duration.ofSeconds(61))
                            .repeat(1);
                })
                .thenAwait(Duration.ofSeconds(122))
                .assertNext(health -> assertThat(health.getDetails()).containsEntry("whoAmI", "You are number 1"))
                .assertNext(health -> assertThat(health.getDetails()).containsEntry("whoAmI", "You are number 2"))
                .verifyComplete();
    }

    @Test
    void failedCallToServiceIsDown() {
        var indicator = new SignatureHealthIndicator(
                () -> certificate, List.of(), Mono.error(new IllegalStateException("no access")), Clock.systemUTC());

        StepVerifier.create(indicator.health())
                .assertNext(health -> {
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails()).containsKeys("error", "certificate");
                })
                .verifyComplete();
    }
}
