package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.Retention;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The settings of a service. {@link SigningService.Builder} describes each of them. */
public record Settings(
        Duration pollInterval,
        Duration reofferAfter,
        long documentLimit,
        Clock clock,
        boolean enforceSigningTime,
        Optional<Function<JobSnapshot, GeneratedDocument>> pades,
        ServerCertificate serverCertificate,
        List<String> protocols,
        Set<String> withoutAccess,
        Map<String, Set<String>> sendersByBroker,
        Set<String> privateOrganizations,
        int callsPerSecond,
        Duration blockedFor,
        boolean longTermStorage,
        Duration documentsDeletableAfter,
        boolean accessTokens,
        int port,
        int controlPort) {

    /** Returns the rules for keeping jobs and documents. */
    public Retention retention() {
        return new Retention(longTermStorage, documentsDeletableAfter);
    }
}
