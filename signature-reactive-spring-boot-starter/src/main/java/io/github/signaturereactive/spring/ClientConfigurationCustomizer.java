package io.github.signaturereactive.spring;

import io.github.signaturereactive.ClientConfiguration;

/**
 * A customizer of the client's configuration, to be declared as a bean. Several customizers are called in the order of {@link
 * org.springframework.core.annotation.Order}. Customizers are not called if the application declares a {@link ClientConfiguration} or a
 * {@link io.github.signaturereactive.SignatureClient}.
 */
@FunctionalInterface
public interface ClientConfigurationCustomizer {

    /**
     * Customizes the configuration. Called once, while the client is created. An exception prevents startup.
     *
     * @param builder the builder, to which the properties have been applied
     */
    void customize(ClientConfiguration.Builder builder);
}
