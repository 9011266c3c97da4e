package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.spring.StatusChangePollers;
import io.github.signaturereactive.spring.actuate.PollerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** {@link AutoConfiguration Auto-configuration} for {@link PollerMetrics}, if the application has a {@link MeterRegistry}. */
@AutoConfiguration(
        after = StatusChangeHandlerAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({MeterRegistry.class, StatusChangePollers.class})
public final class SignatureMetricsAutoConfiguration {

    SignatureMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PollerMetrics signaturePollerMetrics(StatusChangePollers pollers) {
        return new PollerMetrics(pollers);
    }
}
