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
 * A health indicator of the signature client, its enterprise certificate and its pollers. The details contain no personal data. The status
 * is down in these cases:
 *
 * <ul>
 *   <li>The certificate has expired or is not valid yet.
 *   <li>The private key failed to sign.
 *   <li>Polling ended with an error, and no poll has been answered since. See {@link State#RESTARTING}.
 *   <li>The call to the service failed, if that is enabled.
 * </ul>
 *
 * <p>The call to the service is optional and verifies access. Its result is cached for one minute, or for ten seconds if it is an error,
 * because the service limits the calls of an organization.
 */
public final class SignatureHealthIndicator extends AbstractReactiveHealthIndicator {

    private static final Duration WARNING = Duration.ofDays(30);
    private static final Duration RESPONSE_TIME_TO_LIVE = Duration.ofMinutes(1);
    private static final Duration ERROR_TIME_TO_LIVE = Duration.ofSeconds(10);

    private final Supplier<OrganizationCertificate> certificate;
    private final List<StatusChangePoller> pollers;
    private final Clock clock;
    private final Mono<Health.Builder> serviceHealth;

    /**
     * Creates a health indicator.
     *
     * @param certificate returns the certificate of the client, see {@link io.github.signaturereactive.SignatureClient#certificate()}
     * @param pollers the pollers of the client, possibly none
     * @param whoAmI calls the service, see {@link io.github.signaturereactive.SignatureClient#whoAmI()}, or null to make no call
     * @param clock the clock that the validity of the certificate is compared with
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
        Mono<String> answer =
                whoAmI.cache(good -> RESPONSE_TIME_TO_LIVE, error -> ERROR_TIME_TO_LIVE, () -> ERROR_TIME_TO_LIVE);
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
            details.put("error", "The certificate has expired, so the service rejects every call");
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
