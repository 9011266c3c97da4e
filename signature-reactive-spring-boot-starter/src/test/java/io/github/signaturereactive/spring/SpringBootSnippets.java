package io.github.signaturereactive.spring;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ContentDisposition;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The Java of docs/spring-boot.md. Each region between two markers is a code block there. */
@SuppressWarnings({"unused", "CheckReturnValue"}) // The code is compiled only, with the rules of an application.
public final class SpringBootSnippets {

    private SpringBootSnippets() {}

    /** The storage of an application. */
    interface Contracts {

        Mono<Void> update(PortalJobStatusChanged change);

        Mono<Void> update(DirectJobStatusResponse change);

        Path file(long job);

        Mono<PAdESReference> signed(long job);
    }

    /** The storage of copies of an application. */
    interface BundleCopies {

        Mono<Void> keep(Flux<ByteBuffer> bundle);
    }

    // [handler
    @Component
    static class LoanStatusChanges implements PortalStatusChangeHandler {

        private final PortalClient portal;
        private final Contracts contracts;

        LoanStatusChanges(PortalClient portal, Contracts contracts) {
            this.portal = portal;
            this.contracts = contracts;
        }

        @Override
        public Mono<Void> handle(PortalJobStatusChanged change) {
            return Mono.justOrEmpty(change.pAdESUrl())
                    .flatMap(url -> portal.getPAdES(url).saveTo(contracts.file(change.signatureJobId())))
                    .then(contracts.update(change));
        }

        @Override
        public Sender sender() {
            return new Sender("987654321");
        }

        @Override
        public PollingQueue pollingQueue() {
            return PollingQueue.of("loans");
        }

        @Override
        public StatusChanges<PortalJobStatusChanged> polling(StatusChanges<PortalJobStatusChanged> defaults) {
            return defaults.concurrency(8)
                    .onProcessingFailure(ProcessingFailure.retry(Retry.backoff(3, Duration.ofSeconds(1))));
        }
    }
    // handler]

    static final class Direct {
        // [direct
        @Bean
        DirectStatusChangeHandler directStatusChanges(DirectClient direct, Contracts contracts) {
            return change -> Mono.justOrEmpty(change.pAdESUrl())
                    .flatMap(url -> direct.getPAdES(url).saveTo(contracts.file(change.signatureJobId())))
                    .then(contracts.update(change));
        }
        // direct]
    }

    static final class Named {

        private final PortalClient portal;
        private final Contracts contracts;

        Named(PortalClient portal, Contracts contracts) {
            this.portal = portal;
            this.contracts = contracts;
        }

        // [named
        @GetMapping("/contracts/{job}/signed.pdf")
        Mono<ResponseEntity<DocumentDownload>> shown(@PathVariable long job) {
            return contracts
                    .signed(job)
                    .map(reference -> ResponseEntity.ok()
                            .headers(headers -> headers.setContentDisposition(
                                    ContentDisposition.inline().build()))
                            .body(portal.getPAdES(reference)));
        }
        // named]
    }

    static final class Customized {
        // [customizer
        @Bean
        ClientConfigurationCustomizer copiesOfBundles(BundleCopies copies) {
            return configuration -> configuration.addDocumentBundleProcessor((job, bundle) -> copies.keep(bundle));
        }
        // customizer]
    }

    static final class Tested {
        // [beans
        @Bean(destroyMethod = "close")
        SigningService signingService() {
            return SigningService.start();
        }

        @Bean
        SignatureConnectionDetails signatureConnectionDetails(SigningService service) {
            return new SigningServiceConnectionDetails(service);
        }
        // beans]
    }

    // [details
    public static class SigningServiceConnectionDetails implements SignatureConnectionDetails {

        private final SigningService service;

        public SigningServiceConnectionDetails(SigningService service) {
            this.service = service;
        }

        @Override
        public URI serviceUrl() {
            return service.url();
        }

        @Override
        public List<X509Certificate> trustedCertificates() {
            return List.of(service.certificateAuthority());
        }

        @Override
        public OrganizationCertificate organizationCertificate() {
            return OrganizationCertificate.fromPkcs12(
                    service.clientCertificate().path(),
                    service.clientCertificate().password());
        }
    }
    // details]
}
