package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** The Java code of docs/errors.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class ErrorsSnippets {

    private ErrorsSnippets() {}

    static Mono<PortalJobResponse> create(PortalClient portal, PortalJob job, Function<PortalJob, Mono<Void>> flag) {
        // [create
        Mono<PortalJobResponse> created = portal.create(job)
                .onErrorResume(
                        ServiceUnreachableException.class,
                        e -> e.mayHaveBeenReceived()
                                ? flag.apply(job).then(Mono.error(e)) // the job may exist: check before a retry
                                : portal.create(job));
        // create]
        return created;
    }
}
