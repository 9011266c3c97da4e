package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.testing.TestKeyProvider;
import java.security.Security;
import java.security.SignatureException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

/** Private keys that cannot be read: they are slow, they fail now and then, and they delay nobody else. */
class HardwareKeyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static SigningService service;

    @BeforeAll
    static void start() {
        Security.addProvider(new TestKeyProvider());
        service = SigningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        Security.removeProvider("TestKeys");
    }

    @BeforeEach
    void reset() {
        TestKeyProvider.beforeSigning(() -> {});
        assertThat(TestKeyProvider.threads()).isNotNull();
    }

    private static OrganizationCertificate certificate() {
        return OrganizationCertificate.fromPrivateKey(
                TestKeyProvider.wrap(service.clientCertificate().privateKey()),
                service.clientCertificate().chain());
    }

    private static ClientConfiguration.Builder configuration() {
        return ClientConfiguration.builder(certificate())
                .environment(TestOrganization.configuration(service).build().environment())
                .defaultSender(TestOrganization.configuration(service).build().defaultSender());
    }

    private static PortalJob job() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", TestPdf.ofPages(1))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("ola@example.com")
                                .build()))
                .build();
    }

    @Test
    void keyWithoutEncodingAuthenticatesAndSigns() {
        try (var client = SignatureClient.create(configuration().build())) {
            StepVerifier.create(client.portal().create(job()))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(TestKeyProvider.threads())
                .hasSizeGreaterThanOrEqualTo(4)
                .noneMatch(thread -> thread.contains("nio") || thread.contains("epoll"));
    }

    @Test
    void blockedHandshakeDelaysNoOtherConnectionOfItsEventLoop() {
        var signing = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        LoopResources loops = LoopResources.create("one", 1, true);
        try (var slow = SignatureClient.create(configuration().eventLoops(loops).build());
                var other = SignatureClient.create(TestOrganization.configuration(service)
                        .eventLoops(loops)
                        .build())) {
            TestKeyProvider.beforeSigning(() -> {
                signing.countDown();
                await(released);
            });
            CompletableFuture<String> answer = slow.whoAmI().toFuture();
            await(signing);

            StepVerifier.create(other.whoAmI())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            released.countDown();

            StepVerifier.create(Mono.fromFuture(answer))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        } finally {
            loops.dispose();
        }
    }

    @Test
    void failureInHandshakeIsNamedAndPasses() {
        try (var client = SignatureClient.create(configuration().build())) {
            failOnce();
            StepVerifier.create(client.whoAmI())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOf(PrivateKeyException.class)
                            .hasMessageContaining("The private key of OrganizationCertificate[")
                            .hasMessageContaining("the token was removed"))
                    .verify(PATIENCE);

            StepVerifier.create(client.whoAmI())
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void failureInBundleIsNamedAndCreatesNoJob() {
        try (var client = SignatureClient.create(configuration().build())) {
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
            int before = service.observations().requests().size();
            failOnce();

            StepVerifier.create(client.portal().create(job()))
                    .expectError(PrivateKeyException.class)
                    .verify(PATIENCE);
            StepVerifier.create(client.portal().create(job()))
                    .expectNextCount(1)
                    .expectComplete()
                    .verify(PATIENCE);
            assertThat(service.observations().requests()).hasSizeGreaterThan(before);
        }
    }

    @Test
    void unusableKeyFailsWhenTheClientIsCreated() {
        ClientConfiguration configuration = configuration().build();
        TestKeyProvider.beforeSigning(() -> {
            throw new SignatureException("the PIN is locked");
        });

        assertThatThrownBy(() -> SignatureClient.create(configuration))
                .isInstanceOf(PrivateKeyException.class)
                .hasMessageContaining("the PIN is locked");
    }

    private static void failOnce() {
        var failed = new AtomicInteger();
        TestKeyProvider.beforeSigning(() -> {
            if (failed.getAndIncrement() == 0) {
                throw new SignatureException("the token was removed");
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
