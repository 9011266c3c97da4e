package io.github.signaturereactive.spring.autoconfigure;

import io.github.signaturereactive.ArchiveClient;
import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.observation.CallContext;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.observation.MicrometerCallObserver;
import io.github.signaturereactive.spring.ClientConfigurationCustomizer;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link SignatureClient}, {@link PortalClient}, {@link DirectClient} and {@link
 * ArchiveClient}. Each bean backs off if the application declares one of the same type. The properties of the connection are not used if
 * the application declares a {@link ClientConfiguration} or a {@link SignatureClient}.
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
@ImportRuntimeHints(SignatureRuntimeHints.class)
public final class SignatureAutoConfiguration {

    SignatureAutoConfiguration() {}

    @Bean
    static BlankPropertiesAdvisor blankSignatureProperties() {
        return new BlankPropertiesAdvisor();
    }

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

    /** Configuration of the client from properties, unless the application declares a client or a configuration. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean({ClientConfiguration.class, SignatureClient.class})
    static class ClientConfigurationConfiguration {

        @Bean
        @ConditionalOnMissingBean
        SignatureConnectionDetails signatureConnectionDetails(
                SignatureProperties properties,
                ObjectProvider<SslBundles> bundles,
                ResourceLoader resourceLoader,
                Environment environment) {
            var placeholders = new UnresolvedPlaceholders(environment);
            placeholders.rejectIn(
                    "signature.certificate",
                    "signature.ssl",
                    "signature.service-url",
                    "signature.trusted-certificates",
                    "signature.access-tokens.token-endpoint",
                    "signature.access-tokens.trusted-certificates");
            String bundle = properties.ssl().bundle();
            if (bundle != null) {
                placeholders.rejectIn("spring.ssl.bundle.jks." + bundle, "spring.ssl.bundle.pem." + bundle);
            }
            ResourceLoader resources = ApplicationResourceLoader.get(resourceLoader, true);
            return new PropertiesSignatureConnectionDetails(
                    properties, new ConfiguredCertificate(properties, bundles.getIfAvailable(), resources), resources);
        }

        @Bean
        ClientConfiguration clientConfiguration(
                SignatureProperties properties,
                SignatureConnectionDetails connection,
                ObjectProvider<ClientConfigurationCustomizer> customizers,
                Environment environment) {
            new UnresolvedPlaceholders(environment)
                    .rejectIn(
                            "signature.sender",
                            "signature.polling-queue",
                            "signature.access-tokens.client-id",
                            "signature.access-tokens.broker-id",
                            "signature.user-agent",
                            "signature.proxy",
                            "signature.document-bundle-dump-directory");
            ClientConfiguration.Builder builder = new ConfiguredClient(properties, connection).builder();
            customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
            return builder.build();
        }

        /** Registers the handler of reloaded SSL bundles when it is created, so it is never lazy. */
        @Bean
        @Lazy(false)
        @ConditionalOnBean(SslBundles.class)
        CertificateRotation certificateRotation(
                SignatureProperties properties,
                SignatureConnectionDetails connection,
                SslBundles bundles,
                SignatureClient client) {
            CertificateRotation rotation = new CertificateRotation(client);
            String bundle = properties.ssl().bundle();
            if (bundle != null && connection instanceof PropertiesSignatureConnectionDetails) {
                rotation.listen(bundle, bundles);
            }
            return rotation;
        }

        /** Configuration of Spring's shared event loops, if the application has them. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(ReactorResourceFactory.class)
        @ConditionalOnBean(ReactorResourceFactory.class)
        static class SharedEventLoopsConfiguration {

            @Bean
            @Order(0)
            ClientConfigurationCustomizer sharedEventLoops(ObjectProvider<ReactorResourceFactory> factory) {
                return builder -> factory.ifUnique(unique -> {
                    var unused = builder.eventLoops(unique.getLoopResources());
                });
            }

            @Bean
            ClientShutdown clientShutdown(SignatureClient client) {
                return new ClientShutdown(client);
            }
        }

        /** Configuration of observed calls, if the application has an {@link ObservationRegistry}. */
        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(ObservationRegistry.class)
        @ConditionalOnBean(ObservationRegistry.class)
        static class ObservedCallsConfiguration {

            @Bean
            @Order(0)
            ClientConfigurationCustomizer observedCalls(
                    ObjectProvider<ObservationRegistry> registry,
                    ObjectProvider<ObservationConvention<CallContext>> convention) {
                return builder -> registry.ifUnique(unique -> {
                    var unused = builder.observer(observer(unique, convention.getIfUnique()));
                });
            }

            private static CallObserver observer(
                    ObservationRegistry registry, @Nullable ObservationConvention<CallContext> convention) {
                return convention == null
                        ? MicrometerCallObserver.of(registry)
                        : MicrometerCallObserver.of(registry, convention);
            }
        }
    }
}
