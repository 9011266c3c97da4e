package io.github.signaturereactive.spring.autoconfigure;

// [handler
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
// handler]

/** The Java code of README.md for Spring Boot. The regions between two markers are quoted there literally. */
final class StarterSnippets {

    // [handler
    @Bean
    PortalStatusChangeHandler saveSignedDocuments(PortalClient portal) {
        return change -> change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)
                ? portal.getPAdES(change.pAdESUrl())
                        .saveTo(Path.of(change.signatureJobId() + ".pdf"))
                        .then()
                : Mono.empty();
    }
    // handler]
}
