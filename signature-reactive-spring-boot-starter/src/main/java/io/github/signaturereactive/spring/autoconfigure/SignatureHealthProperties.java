package io.github.signaturereactive.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties with the prefix {@code management.health.signature}.
 *
 * @param enabled Whether to enable the health check of the signature client.
 * @param whoAmI Whether to call the service in the health check, to verify access. The result is cached for one minute, or for ten
 *     seconds after an error.
 */
@ConfigurationProperties("management.health.signature")
record SignatureHealthProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean whoAmI) {}
