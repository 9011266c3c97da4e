package io.github.signaturereactive.spring;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalJobStatus;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The Java of README.md about Spring Boot. Each region between two markers is a code block there. */
@SuppressWarnings("unused") // The code is compiled only.
@RestController
final class StarterSnippets {

    private final PortalClient portal;
    private final Contracts contracts;

    StarterSnippets(PortalClient portal, Contracts contracts) {
        this.portal = portal;
        this.contracts = contracts;
    }

    /** The storage of an application. */
    interface Contracts {

        Mono<Void> update(long job, PortalJobStatus status);

        Path file(long job);

        Mono<PAdESReference> signed(long job);
    }

    // [handler
    @Bean
    PortalStatusChangeHandler statusChanges(PortalClient portal, Contracts contracts) {
        return change -> Mono.justOrEmpty(change.pAdESUrl())
                .flatMap(url -> portal.getPAdES(url).saveTo(contracts.file(change.signatureJobId())))
                .then(contracts.update(change.signatureJobId(), change.status()));
    }
    // handler]

    // [controller
    @GetMapping("/contracts/{job}/signed.pdf")
    Mono<DocumentDownload> signed(@PathVariable long job) {
        return contracts.signed(job).map(portal::getPAdES);
    }
    // controller]
}
