package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The Java code of docs/errors.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class ErrorsSnippets {

    private ErrorsSnippets() {}

    static Mono<PortalJobResponse> create(PortalClient portal, PortalJob job) {
        // [create
        Mono<PortalJobResponse> created = portal.create(job)
                .retryWhen(Retry.backoff(5, Duration.ofSeconds(1))
                        .filter(error -> error instanceof SignatureException failure && failure.isTransient()));
        // create]
        return created;
    }
}
