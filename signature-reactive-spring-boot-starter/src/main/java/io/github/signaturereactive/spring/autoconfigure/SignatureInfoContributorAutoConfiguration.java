package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.spring.actuate.SignatureInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link SignatureInfoContributor}, unless {@code
 * management.info.signature.enabled=false}.
 */
@AutoConfiguration(after = SignatureAutoConfiguration.class)
@ConditionalOnClass({InfoContributor.class, ConditionalOnEnabledInfoContributor.class})
@ConditionalOnSingleCandidate(SignatureClient.class)
@ConditionalOnEnabledInfoContributor("signature")
public final class SignatureInfoContributorAutoConfiguration {

    SignatureInfoContributorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    SignatureInfoContributor signatureInfoContributor(SignatureClient client) {
        return new SignatureInfoContributor(client);
    }
}
