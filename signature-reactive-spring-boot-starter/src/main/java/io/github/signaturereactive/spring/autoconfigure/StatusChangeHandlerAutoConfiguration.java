package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.spring.DirectStatusChangeHandler;
import io.github.signaturereactive.spring.PollingDefaults;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import io.github.signaturereactive.spring.StatusChangeObserver;
import io.github.signaturereactive.spring.StatusChangePollers;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for the pollers of all {@link PortalStatusChangeHandler}s and {@link
 * DirectStatusChangeHandler}s, unless {@code signature.polling.enabled=false}. The pollers use the {@link PollPermits} and the {@link
 * StatusChangeObserver} of the application, if declared.
 */
@AutoConfiguration(after = {SignatureAutoConfiguration.class, LifecycleAutoConfiguration.class})
@ConditionalOnBean({PortalClient.class, DirectClient.class})
@EnableConfigurationProperties(SignatureProperties.class)
@ConditionalOnBooleanProperty(name = "signature.polling.enabled", matchIfMissing = true)
public final class StatusChangeHandlerAutoConfiguration {

    StatusChangeHandlerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StatusChangePollers statusChangePollers(
            PortalClient portal,
            Map<String, PortalStatusChangeHandler> portalHandlers,
            DirectClient direct,
            Map<String, DirectStatusChangeHandler> directHandlers,
            SignatureProperties properties,
            ObjectProvider<SignatureClient> client,
            ObjectProvider<PollPermits> permits,
            ObjectProvider<StatusChangeObserver> observer,
            ObjectProvider<LifecycleProperties> lifecycle) {
        SignatureProperties.Polling polling = properties.polling();
        return SignaturePropertyException.naming(
                        "signature.polling.restart",
                        "Set 'signature.polling.restart.first' to more than zero. Set 'signature.polling.restart.longest' to at"
                                + " least 'signature.polling.restart.first' and at most 365 days.",
                        () -> StatusChangePollers.builder()
                                .restart(
                                        polling.restart().first(),
                                        polling.restart().longest()))
                .defaultSender(defaultSender(client.getIfAvailable()))
                .defaults(new Defaults(polling, permits.getIfAvailable()))
                .drainWithin(drainWithin(lifecycle.getIfAvailable(LifecycleProperties::new)))
                .observer(observer.getIfAvailable(() -> StatusChangeObserver.NONE))
                .portal(portal, portalHandlers)
                .direct(direct, directHandlers)
                .build();
    }

    private static @Nullable Sender defaultSender(@Nullable SignatureClient client) {
        return client == null ? null : client.configuration().defaultSender();
    }

    /**
     * Returns the timeout of the shutdown phase, less one second or a tenth if that is shorter, so that cancellation of the handlers is
     * complete before the timeout.
     */
    private static Duration drainWithin(LifecycleProperties lifecycle) {
        Duration timeout = lifecycle.getTimeoutPerShutdownPhase();
        Duration tenth = timeout.dividedBy(10);
        Duration second = Duration.ofSeconds(1);
        return timeout.minus(tenth.compareTo(second) < 0 ? tenth : second);
    }

    /** The options in {@code signature.polling}, and the permits of the application. */
    private record Defaults(
            SignatureProperties.Polling polling, @Nullable PollPermits permits) implements PollingDefaults {

        @Override
        public <T extends StatusChange> StatusChanges<T> applyTo(StatusChanges<T> changes) {
            StatusChanges<T> all = permits == null ? changes : changes.permits(permits);
            SignatureProperties.Polling.Backoff backoff = polling.backoff();
            all = set(all, "concurrency", "to 1 or more", it -> it.concurrency(polling.concurrency()));
            all = set(
                    all,
                    "backoff",
                    "so that 'first' is more than zero and at most 'longest', and 'longest' is at most 365 days",
                    it -> it.backoff(backoff.first(), backoff.longest()));
            all = set(all, "default-wait", "to between zero and 365 days", it -> it.defaultWait(polling.defaultWait()));
            all = set(all, "max-wait", "to more than zero", it -> it.maxWait(polling.maxWait()));
            all = set(all, "jitter", "to between zero and 365 days", it -> it.jitter(polling.jitter()));
            all = set(all, "confirm-within", "to more than zero", it -> it.confirmWithin(polling.confirmWithin()));
            Duration timeout = polling.processingTimeout();
            return timeout == null
                    ? all
                    : set(all, "processing-timeout", "to more than zero", it -> it.processingTimeout(timeout));
        }

        private static <T extends StatusChange> StatusChanges<T> set(
                StatusChanges<T> changes, String property, String remedy, UnaryOperator<StatusChanges<T>> change) {
            String name = "signature.polling." + property;
            return SignaturePropertyException.naming(
                    name, "Set '" + name + "' " + remedy + ".", () -> change.apply(changes));
        }
    }
}
