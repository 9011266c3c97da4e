package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.spring.StatusChangePoller;
import io.github.signaturereactive.spring.StatusChangePoller.State;
import io.github.signaturereactive.spring.StatusChangePoller.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * Tells how the pollers are and for how long the enterprise certificate is valid. Down when the certificate has expired, or is not
 * valid yet, or when a poller's stream ended with an error and the service has not answered since; nothing personal is told.
 *
 * <p>Where it is to ask the service who we are, it is also down when that fails. The answer is good for a minute, however often health
 * is asked for, since the service limits the calls of an organization.
 */
public final class SignatureHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Duration WARNING = Duration.ofDays(30);
    private static final Duration ANSWER_IS_GOOD = Duration.ofMinutes(1);
    private static final Duration ERROR_IS_GOOD = Duration.ofSeconds(10);

    private final Supplier<OrganizationCertificate> certificate;
    private final List<StatusChangePoller> pollers;
    private final Clock clock;
    private final Mono<Health.Builder> serviceHealth;

    /**
     * Tells of a client.
     *
     * @param certificate gives the client's certificate, see {@link io.github.signaturereactive.SignatureClient#certificate()}
     * @param pollers its pollers
     * @param whoAmI asks the service, or null not to ask
     * @param clock tells whether the certificate is valid
     */
    public SignatureHealthIndicator(
            Supplier<OrganizationCertificate> certificate,
            List<StatusChangePoller> pollers,
            @Nullable Mono<String> whoAmI,
            Clock clock) {
        super("Health check of the signature client failed");
        this.certificate = certificate;
        this.pollers = List.copyOf(pollers);
        this.clock = clock;
        this.serviceHealth = whoAmI == null ? Mono.fromSupplier(Health::up) : asked(whoAmI);
    }

    private static Mono<Health.Builder> asked(Mono<String> whoAmI) {
        Mono<String> answer = whoAmI.cache(good -> ANSWER_IS_GOOD, error -> ERROR_IS_GOOD, () -> ERROR_IS_GOOD);
        return answer.map(who -> Health.up().withDetail("whoAmI", who))
                .onErrorResume(error -> Mono.just(Health.down(error)));
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder unused) {
        return serviceHealth.map(this::completed);
    }

    private Health completed(Health.Builder health) {
        addCertificate(health);
        if (!pollers.isEmpty()) {
            health.withDetail(
                    "pollers",
                    pollers.stream().map(SignatureHealthIndicator::details).toList());
        }
        boolean restarting = pollers.stream().anyMatch(poller -> poller.state() == State.RESTARTING);
        return (restarting ? health.down() : health).build();
    }

    private void addCertificate(Health.Builder health) {
        OrganizationCertificate used = certificate.get();
        Instant now = clock.instant();
        Instant expiresAt = used.expiresAt();
        Duration left = Duration.between(now, expiresAt);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("expiresAt", expiresAt);
        details.put("daysLeft", left.toDays());
        if (now.isAfter(expiresAt)) {
            health.down();
            details.put("error", "The certificate has expired: the service refuses every call");
        } else if (now.isBefore(used.certificate().getNotBefore().toInstant())) {
            health.down();
            details.put("error", "The certificate is not valid yet");
        } else if (left.compareTo(WARNING) < 0) {
            details.put("warning", "The certificate expires in less than 30 days");
        }
        @Nullable PrivateKeyException keyFailure = used.privateKeyFailure();
        if (keyFailure != null) {
            health.down();
            details.put("privateKey", String.valueOf(keyFailure.getMessage()));
        }
        health.withDetail("certificate", details);
    }

    private static Map<String, Object> details(StatusChangePoller poller) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("handler", poller.handler());
        details.put("flow", poller.flow());
        details.put("queue", poller.queue());
        details.put("state", poller.state());
        @Nullable Instant lastAnswer = poller.lastAnswer();
        if (lastAnswer != null) {
            details.put("lastAnswer", lastAnswer);
        }
        @Nullable Trouble trouble = poller.lastTrouble();
        if (trouble != null) {
            details.put("lastError", trouble.description());
            details.put("lastErrorAt", trouble.at());
        }
        return details;
    }
}
