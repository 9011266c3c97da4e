package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.spring.StatusChangePollers;
import io.github.signaturereactive.spring.actuate.SignatureHealthIndicator;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** {@link AutoConfiguration Auto-configuration} for {@link SignatureHealthIndicator}. */
@AutoConfiguration(after = {SignatureAutoConfiguration.class, StatusChangeHandlerAutoConfiguration.class})
@ConditionalOnClass({
    SignatureClient.class,
    Flux.class,
    ConditionalOnEnabledHealthIndicator.class,
    CompositeReactiveHealthContributorConfiguration.class
})
@ConditionalOnBean(SignatureClient.class)
@ConditionalOnEnabledHealthIndicator("signature")
@EnableConfigurationProperties(SignatureHealthProperties.class)
public final class SignatureHealthContributorAutoConfiguration
        extends CompositeReactiveHealthContributorConfiguration<SignatureHealthIndicator, SignatureClient> {

    SignatureHealthContributorAutoConfiguration(
            SignatureHealthProperties properties, ObjectProvider<StatusChangePollers> pollers) {
        super(client -> new SignatureHealthIndicator(
                client::certificate,
                pollers.stream()
                        .map(StatusChangePollers::pollers)
                        .flatMap(List::stream)
                        .toList(),
                properties.whoAmI() ? client.whoAmI() : null,
                Clock.systemUTC()));
    }

    @Bean
    @ConditionalOnMissingBean(name = {"signatureHealthIndicator", "signatureHealthContributor"})
    ReactiveHealthContributor signatureHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, SignatureClient.class);
    }
}
