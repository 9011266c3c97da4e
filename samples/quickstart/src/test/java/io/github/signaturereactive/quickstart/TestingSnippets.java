package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import java.util.List;

/** The Java code of docs/testing.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class TestingSnippets {

    private TestingSnippets() {}

    static void service() {
        // [service
        try (SigningService service = SigningService.start()) {
            ClientConfiguration configuration = ClientConfiguration.builder(OrganizationCertificate.fromPkcs12(
                            service.clientCertificate().path(),
                            service.clientCertificate().password()))
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(service.url())
                            .withTrusted(service.certificateAuthority()))
                    .defaultSender(new Sender(SigningService.DEFAULT_ORGANIZATION))
                    .build();
            // create a job with this configuration, then sign it as its first signer:
            service.jobs().sign(service.jobs().latest().id(), 0);
        }
        // service]
    }

    static void tokens(String clientId, String brokerId) {
        // [tokens
        try (SigningService service = SigningService.builder().accessTokens().start()) {
            service.accessTokens().register(clientId, brokerId, service.clientCertificate());
            ServiceEnvironment environment = ServiceEnvironment.DIFITEST
                    .withServiceUrl(service.url())
                    .withTrusted(service.certificateAuthority())
                    .withTokenEndpoint(
                            service.accessTokens().tokenEndpoint(),
                            List.of(service.accessTokens().certificateAuthority()));
            service.accessTokens().revokeAll(); // or lifetime(..), or answerNext(..)
        }
        // tokens]
    }
}
