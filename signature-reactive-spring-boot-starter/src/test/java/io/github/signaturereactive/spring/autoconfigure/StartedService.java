package io.github.signaturereactive.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.signingservice.SigningService;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A signing service, and applications that are its clients. */
final class StartedService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final SigningService service;

    StartedService() {
        this.service =
                SigningService.builder().pollInterval(Duration.ofMillis(100)).start();
    }

    /** Returns an application with the properties of the service, and without handlers. */
    ApplicationContextRunner application() {
        return properties(new ApplicationContextRunner())
                .withConfiguration(AutoConfigurations.of(
                        SslAutoConfiguration.class,
                        LifecycleAutoConfiguration.class,
                        SignatureAutoConfiguration.class,
                        StatusChangeHandlerAutoConfiguration.class));
    }

    /** Returns the properties of the service. */
    ApplicationContextRunner properties(ApplicationContextRunner application) {
        return application.withPropertyValues(propertyValues());
    }

    String[] propertyValues() {
        return new String[] {
            "signature.environment=difitest",
            "signature.service-url=" + service.url(),
            "signature.trusted-certificates=" + service.trustedCertificates().resolve("ca.pem"),
            "signature.certificate.location=" + service.clientCertificate().path(),
            "signature.certificate.password=" + service.clientCertificate().password(),
            "signature.calls-per-second=0",
            "signature.polling.default-wait=100ms",
            "signature.polling.restart.first=50ms",
            "signature.polling.restart.longest=100ms"
        };
    }

    /** Creates a portal job with one signer, and signs it. */
    long signedJob(SignatureClient client, PollingQueue queue) {
        var job = PortalJob.builder(
                        "A job",
                        List.of(PortalDocument.builder("Document", "%PDF-1.7".getBytes(US_ASCII))
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("signer@example.com")
                                .build()))
                .withSender(new Sender(SigningService.DEFAULT_ORGANIZATION, queue))
                .build();
        long id = client.portal().create(job).block(PATIENCE).signatureJobId();
        service.jobs().sign(id, 0);
        return id;
    }

    long signedJob(SignatureClient client) {
        return signedJob(client, PollingQueue.DEFAULT);
    }

    List<Long> confirmedJobs() {
        return service.observations().confirmations().stream()
                .map(confirmation -> confirmation.jobId())
                .toList();
    }

    /** Waits until a condition is true. */
    static void until(BooleanSupplier condition) {
        var unused = Flux.interval(Duration.ofMillis(10), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .filter(tick -> condition.getAsBoolean())
                .blockFirst(PATIENCE);
    }

    @Override
    public void close() {
        service.close();
    }
}
