package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Observations.ReceivedRequest;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.spring.ClientConfigurationCustomizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Replaces certificate files at runtime, with the file watcher of Spring Boot and real TLS handshakes. */
@ExtendWith(OutputCaptureExtension.class)
class CertificateRotationTest {

    private static final long BIGGER_THAN_ALL_BUFFERS = 64 << 20;

    private SigningService service;
    private ClientCertificate first;
    private ClientCertificate second;

    @TempDir
    private Path directory;

    private CertificateFiles files;

    @BeforeEach
    void start() {
        service = SigningService.builder()
                .pades(job -> GeneratedDocument.ofSize(BIGGER_THAN_ALL_BUFFERS))
                .start();
        first = service.clientCertificate();
        second = service.issueClientCertificate(first.organizationNumber());
        files = new CertificateFiles(directory);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aCreateUnderWayCompletesAndTheNextIsMadeWithTheNewCertificateOfAPkcs12File() {
        Path file = copy(first.path());

        application(pkcs12(file)).run(context -> {
            SignatureClient client = context.getBean(SignatureClient.class);
            Sinks.One<ByteBuffer> restOfTheDocument = Sinks.one();
            AtomicBoolean underWay = new AtomicBoolean();
            Flux<ByteBuffer> slow =
                    Flux.concat(Flux.just(pdf()).doOnComplete(() -> underWay.set(true)), restOfTheDocument.asMono());

            StepVerifier.create(client.portal().create(job(slow)))
                    .then(() -> await().untilTrue(underWay))
                    .then(() -> overwrite(file, second.path()))
                    .then(() -> awaitCertificate(client, second))
                    .then(() -> restOfTheDocument.tryEmitEmpty().orThrow())
                    .expectNextCount(1)
                    .verifyComplete();
            StepVerifier.create(client.portal().create(job(Flux.just(pdf()))))
                    .expectNextCount(1)
                    .verifyComplete();

            assertThat(presented(Operation.CREATE)).containsExactly(first.certificate(), second.certificate());
        });
    }

    @Test
    void reloadedPemFileIsUsedByNextCallAndNotByRunningDownload() {
        Path file = files.pem("organization.pem", first);
        Path renewed = files.pem("renewed.pem", second);

        application(pem(file)).run(context -> {
            SignatureClient client = context.getBean(SignatureClient.class);
            PAdESReference pades = signed(context.getBean(PortalClient.class));

            StepVerifier.create(client.portal().getPAdES(pades).content(), 1)
                    .expectNextCount(1)
                    .then(() -> overwrite(file, renewed))
                    .then(() -> awaitCertificate(client, second))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(any -> true)
                    .verifyComplete();
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

            assertThat(presented(Operation.PADES)).containsExactly(first.certificate());
            assertThat(presented(Operation.WHO_AM_I)).containsExactly(second.certificate());
        });
    }

    @Test
    void usesFileThatIsReplacedDuringStartup() {
        Path file = copy(first.path());

        application(pkcs12(file))
                .withInitializer(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                ClientConfigurationCustomizer.class,
                                () -> builder -> reload(file, context.getBean(SslBundles.class))))
                .run(context -> assertThat(context.getBean(SignatureClient.class)
                                .certificate()
                                .certificate())
                        .isEqualTo(second.certificate()));
    }

    /** Replaces the file after the certificate has been read, and before the client has been created. */
    private void reload(Path file, SslBundles bundles) {
        SslBundle before = bundles.getBundle("organization");
        overwrite(file, second.path());
        await().untilAsserted(
                        () -> assertThat(bundles.getBundle("organization")).isNotSameAs(before));
    }

    @Test
    void keepsCertificateIfReloadedFileIsInvalid(CapturedOutput output) {
        Path file = copy(first.path());

        application(pkcs12(file)).run(context -> {
            SignatureClient client = context.getBean(SignatureClient.class);
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

            overwrite(file, files.withoutKey("without-key.p12", second.certificate()));
            await().until(() -> output.getOut().contains("cannot be used. Calls still use"));
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
            overwrite(file, second.path());
            awaitCertificate(client, second);
            StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

            assertThat(presented(Operation.WHO_AM_I))
                    .containsExactly(first.certificate(), first.certificate(), second.certificate());
            assertThat(output.getOut()).contains("it has no private key").doesNotContain(CertificateFiles.PASSWORD);
        });
    }

    @Test
    void keepsCertificateIfNewOneIsExpiredOrOfAnotherOrganization(CapturedOutput output) {
        Path file = copy(first.path());

        application(pkcs12(file)).run(context -> {
            SignatureClient client = context.getBean(SignatureClient.class);

            overwrite(
                    file,
                    service.issueExpiredClientCertificate(first.organizationNumber())
                            .path());
            await().until(() -> output.getOut().contains("expired at 2020-01-01"));
            overwrite(file, service.issueClientCertificate("987654325").path());
            await().until(() -> output.getOut().contains("but has 987654325"));

            assertThat(client.certificate().certificate()).isEqualTo(first.certificate());
        });
    }

    @Test
    void replacesCertificateWithLazyInitialization() {
        Path file = copy(first.path());

        application(pkcs12(file))
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    overwrite(file, second.path());

                    awaitCertificate(context.getBean(SignatureClient.class), second);
                });
    }

    @Test
    void ignoresBundleWithoutReloadOnUpdate() {
        Path file = copy(first.path());

        application(pkcs12(file))
                .withPropertyValues("spring.ssl.bundle.jks.organization.reload-on-update=false")
                .withPropertyValues(
                        "spring.ssl.bundle.jks.other.reload-on-update=true",
                        "spring.ssl.bundle.jks.other.keystore.location=" + file,
                        "spring.ssl.bundle.jks.other.keystore.password=" + CertificateFiles.PASSWORD)
                .run(context -> {
                    SignatureClient client = context.getBean(SignatureClient.class);
                    AtomicBoolean seen = new AtomicBoolean();
                    context.getBean(SslBundles.class).addBundleUpdateHandler("other", bundle -> seen.set(true));
                    overwrite(file, second.path());
                    await().untilTrue(seen);
                    StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

                    assertThat(presented(Operation.WHO_AM_I)).containsExactly(first.certificate());
                });
    }

    private ApplicationContextRunner application(String... bundle) {
        return ServiceUnderTest.application()
                .withPropertyValues(ServiceUnderTest.location(service))
                .withPropertyValues(bundle)
                .withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=100ms");
    }

    private static String[] pkcs12(Path file) {
        return new String[] {
            "signature.ssl.bundle=organization",
            "spring.ssl.bundle.jks.organization.reload-on-update=true",
            "spring.ssl.bundle.jks.organization.keystore.type=PKCS12",
            "spring.ssl.bundle.jks.organization.keystore.location=" + file,
            "spring.ssl.bundle.jks.organization.keystore.password=" + CertificateFiles.PASSWORD
        };
    }

    private static String[] pem(Path file) {
        return new String[] {
            "signature.ssl.bundle=organization",
            "spring.ssl.bundle.pem.organization.reload-on-update=true",
            "spring.ssl.bundle.pem.organization.keystore.certificate=" + file,
            "spring.ssl.bundle.pem.organization.keystore.private-key=" + file
        };
    }

    private Path copy(Path original) {
        Path copy = directory.resolve("organization.p12");
        overwrite(copy, original);
        return copy;
    }

    /** Writes to the existing file, instead of moving a new file in its place. */
    private static void overwrite(Path file, Path content) {
        try {
            Files.write(file, Files.readAllBytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitCertificate(SignatureClient client, ClientCertificate expected) {
        await().until(() -> client.certificate().certificate().equals(expected.certificate()));
    }

    private PAdESReference signed(PortalClient portal) {
        PortalJobResponse created =
                portal.create(job(Flux.just(pdf()))).blockOptional().orElseThrow();
        service.jobs().signAll(created.signatureJobId());
        return PAdESReference.of(URI.create(service.url() + "/" + first.organizationNumber() + "/portal/signature-jobs/"
                + created.signatureJobId() + "/pades"));
    }

    private List<X509Certificate> presented(Operation operation) {
        return service.observations().requests().stream()
                .filter(request -> request.operation() == operation)
                .map(ReceivedRequest::clientCertificate)
                .toList();
    }

    private static PortalJob job(Flux<ByteBuffer> document) {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", document).build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .build();
    }

    private static ByteBuffer pdf() {
        return ByteBuffer.wrap("%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    }
}
