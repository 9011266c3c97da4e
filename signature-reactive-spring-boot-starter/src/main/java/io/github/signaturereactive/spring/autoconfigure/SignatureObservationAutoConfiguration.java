package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.spring.StatusChangeObserver;
import io.github.signaturereactive.spring.actuate.ObservedStatusChanges;
import io.github.signaturereactive.spring.actuate.StatusChangeContext;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link ObservedStatusChanges}, if the application has a single {@link
 * ObservationRegistry}. The bean backs off if the application declares a {@link StatusChangeObserver}.
 */
@AutoConfiguration(
        before = StatusChangeHandlerAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ObservationRegistry.class)
public final class SignatureObservationAutoConfiguration {

    SignatureObservationAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StatusChangeObserver statusChangeObserver(
            ObservationRegistry registry, ObjectProvider<ObservationConvention<StatusChangeContext>> convention) {
        return new ObservedStatusChanges(registry, convention.getIfUnique());
    }
}
