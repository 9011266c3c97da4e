package io.github.signaturereactive.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code management.health.signature.*}.
 *
 * @param enabled Whether to tell of the signature client's health.
 * @param whoAmI Whether to ask the service who we are, at most once a minute, or after an error once in ten seconds.
 */
@ConfigurationProperties("management.health.signature")
record SignatureHealthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean whoAmI) {}
