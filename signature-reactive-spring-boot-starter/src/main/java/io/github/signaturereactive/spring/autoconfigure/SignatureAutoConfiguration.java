package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.ArchiveClient;
import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.spring.ClientConfigurationCustomizer;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;

/**
 * Auto-configuration of a {@link SignatureClient} and its parts. An application that declares one of these beans uses that one;
 * with a {@link ClientConfiguration} or a {@link SignatureClient} of its own, no properties for the connection are needed.
 */
@AutoConfiguration(
        after = SslAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
            "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(SignatureClient.class)
@EnableConfigurationProperties(SignatureProperties.class)
public final class SignatureAutoConfiguration {

    SignatureAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    SignatureClient signatureClient(ClientConfiguration configuration) {
        return SignatureClient.create(configuration);
    }

    @Bean
    @ConditionalOnMissingBean
    PortalClient portalClient(SignatureClient client) {
        return client.portal();
    }

    @Bean
    @ConditionalOnMissingBean
    DirectClient directClient(SignatureClient client) {
        return client.direct();
    }

    @Bean
    @ConditionalOnMissingBean
    ArchiveClient archiveClient(SignatureClient client) {
        return client.archive();
    }

    /** What a client is made from, where the application brings neither client nor configuration. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean({ClientConfiguration.class, SignatureClient.class})
    static class ClientConfigurationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        SignatureConnectionDetails signatureConnectionDetails(
                SignatureProperties properties, ObjectProvider<SslBundles> bundles, ResourceLoader resourceLoader) {
            ResourceLoader resources = ApplicationResourceLoader.get(resourceLoader, true);
            return new PropertiesSignatureConnectionDetails(
                    properties, new ConfiguredCertificate(properties, bundles.getIfAvailable(), resources), resources);
        }

        @Bean
        ClientConfiguration clientConfiguration(
                SignatureProperties properties,
                SignatureConnectionDetails connection,
                ObjectProvider<ClientConfigurationCustomizer> customizers) {
            ClientConfiguration.Builder builder = new ConfiguredClient(properties, connection).builder();
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder.build();
        }
    }
}
