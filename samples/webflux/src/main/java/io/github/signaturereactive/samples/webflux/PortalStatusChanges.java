package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Is given each change of a portal job; when it is done, the change is confirmed. */
@Component
final class PortalStatusChanges implements PortalStatusChangeHandler {

    private final Signing signing;

    PortalStatusChanges(Signing signing) {
        this.signing = signing;
    }

    @Override
    public Mono<Void> handle(PortalJobStatusChanged change) {
        return signing.process(StatusChange.of(change));
    }
}
