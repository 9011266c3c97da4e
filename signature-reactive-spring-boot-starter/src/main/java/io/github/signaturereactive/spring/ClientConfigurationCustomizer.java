package io.github.signaturereactive.spring;

import io.github.signaturereactive.ClientConfiguration;

/**
 * Changes the client's configuration after the properties have been applied to it. Declare a bean; where there are several, they
 * are called in the order of {@link org.springframework.core.annotation.Order}.
 */
@FunctionalInterface
public interface ClientConfigurationCustomizer {

    /**
     * Changes the configuration. Called once, when the application starts.
     *
     * @param builder holds what the properties say
     */
    void customize(ClientConfiguration.Builder builder);
}
