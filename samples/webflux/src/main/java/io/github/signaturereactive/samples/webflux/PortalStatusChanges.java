package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Processes each change of a portal job: records it, and saves the signed document. The change is confirmed after
 * that. The service deletes the document on confirmation, unless it stores documents for the sender.
 */
@Component
final class PortalStatusChanges implements PortalStatusChangeHandler {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final SignatureJobService service;

    PortalStatusChanges(SignatureJobService service) {
        this.service = service;
    }

    @Override
    public Mono<Void> handle(PortalJobStatusChanged change) {
        return service.process(StatusChange.of(change));
    }

    /**
     * Retries processing of a change, because the service delivers an unconfirmed change again only after ten
     * minutes.
     */
    @Override
    public StatusChanges<PortalJobStatusChanged> polling(StatusChanges<PortalJobStatusChanged> defaults) {
        return defaults.onProcessingFailure(ProcessingFailure.retry(Retry.backoff(5, FIRST_RETRY)));
    }
}
