package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import java.net.URI;
import java.util.NoSuchElementException;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Redirects to the signing pages of invented portal signers, because the demo service sends no invitations. */
@RestController
@Profile("demo")
final class DemoSigners {

    private final SigningService service;
    private final SignatureJobRepository jobs;

    DemoSigners(SigningService service, SignatureJobRepository jobs) {
        this.service = service;
        this.jobs = jobs;
    }

    @GetMapping("/demo/jobs/{id}/signers/{place}")
    Mono<ResponseEntity<Void>> sign(@PathVariable String id, @PathVariable int place) {
        return jobs.find(id)
                .mapNotNull(job -> job.service().jobId())
                .publishOn(Schedulers.boundedElastic()) // the service creates a random URL, which may block
                .map(job -> service.jobs().signingUrl(job, SignerSelector.at(place)))
                .map(DemoSigners::seeOther)
                .switchIfEmpty(Mono.error(() -> new NoSuchElementException("There is no such job")));
    }

    private static ResponseEntity<Void> seeOther(URI address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(address).build();
    }
}
