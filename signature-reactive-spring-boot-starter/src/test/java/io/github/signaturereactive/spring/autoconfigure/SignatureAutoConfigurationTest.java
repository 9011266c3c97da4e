package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.ArchiveClient;
import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.observation.CallContext;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.spring.ClientConfigurationCustomizer;
import io.github.signaturereactive.spring.SignatureConnectionDetails;
import io.github.signaturereactive.spring.SpringBootSnippets.SigningServiceConnectionDetails;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.test.StepVerifier;

class SignatureAutoConfigurationTest {

    private static SigningService service;

    private final ApplicationContextRunner runner =
            ServiceUnderTest.application().withPropertyValues(ServiceUnderTest.properties(service));

    @BeforeAll
    static void start() {
        service = SigningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void createsClientFromPropertiesAlone() {
        runner.run(context -> {
            assertThat(context)
                    .hasSingleBean(ClientConfiguration.class)
                    .hasSingleBean(SignatureConnectionDetails.class)
                    .hasSingleBean(PortalClient.class)
                    .hasSingleBean(DirectClient.class)
                    .hasSingleBean(ArchiveClient.class);
            isKnown(context.getBean(SignatureClient.class));
        });
    }

    @Test
    void partsBelongToTheClientBean() {
        runner.run(context -> {
            SignatureClient client = context.getBean(SignatureClient.class);
            assertThat(context.getBean(PortalClient.class)).isSameAs(client.portal());
            assertThat(context.getBean(DirectClient.class)).isSameAs(client.direct());
            assertThat(context.getBean(ArchiveClient.class)).isSameAs(client.archive());
        });
    }

    @Test
    void closesClientWithApplication() {
        SignatureClient[] client = new SignatureClient[1];
        runner.run(context -> {
            client[0] = context.getBean(SignatureClient.class);
            isKnown(client[0]);
        });

        StepVerifier.create(client[0].disposeLater()).verifyComplete();
        StepVerifier.create(client[0].whoAmI()).verifyError();
    }

    @Test
    void configuresNothingWithoutLibrary() {
        runner.withClassLoader(new FilteredClassLoader(SignatureClient.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ClientConfigurationCustomizer.class)
                        .doesNotHaveBean(SignatureConnectionDetails.class));
    }

    @Test
    void backsOffForClientWithoutProperties() {
        ServiceUnderTest.application()
                .withBean(SignatureClient.class, () -> SignatureClient.create(configuration()))
                .run(context -> {
                    assertThat(context)
                            .hasSingleBean(SignatureClient.class)
                            .doesNotHaveBean(ClientConfiguration.class)
                            .doesNotHaveBean(SignatureConnectionDetails.class);
                    assertThat(context.getBean(PortalClient.class))
                            .isSameAs(context.getBean(SignatureClient.class).portal());
                });
    }

    @Test
    void backsOffForConfigurationWithoutProperties() {
        ClientConfiguration own = configuration();
        ServiceUnderTest.application()
                .withBean(ClientConfiguration.class, () -> own)
                .run(context -> {
                    assertThat(context.getBean(ClientConfiguration.class)).isSameAs(own);
                    assertThat(context).doesNotHaveBean(SignatureConnectionDetails.class);
                    isKnown(context.getBean(SignatureClient.class));
                });
    }

    @Test
    void backsOffForPartsOfTheClient() {
        SignatureClient other = SignatureClient.create(configuration());
        runner.withBean(PortalClient.class, other::portal)
                .withBean(DirectClient.class, other::direct)
                .withBean(ArchiveClient.class, other::archive)
                .run(context -> {
                    assertThat(context.getBean(PortalClient.class)).isSameAs(other.portal());
                    assertThat(context.getBean(DirectClient.class)).isSameAs(other.direct());
                    assertThat(context.getBean(ArchiveClient.class)).isSameAs(other.archive());
                    assertThat(context.getBean(SignatureClient.class)).isNotSameAs(other);
                });
        StepVerifier.create(other.disposeLater()).verifyComplete();
    }

    @Test
    void connectionDetailsReplaceProperties() {
        ServiceUnderTest.application()
                .withPropertyValues(
                        "signature.service-url=https://localhost:1/api",
                        "signature.certificate.location=/nowhere/client.p12",
                        "signature.certificate.password=unused")
                .withBean(SignatureConnectionDetails.class, () -> new SigningServiceConnectionDetails(service))
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
    }

    @Test
    void appliesCustomizersInOrderAfterProperties() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues("signature.user-agent=from-the-properties")
                .run(context -> {
                    isKnown(context.getBean(SignatureClient.class));
                    assertThat(service.observations().requests())
                            .last()
                            .satisfies(request -> assertThat(request.headers().get("user-agent"))
                                    .contains("(last-customizer)"));
                });
    }

    @Test
    void usesSpringsEventLoopsIfPresent() {
        runner.withBean(ReactorResourceFactory.class, SignatureAutoConfigurationTest::ownLoops)
                .run(context -> StepVerifier.create(context.getBean(SignatureClient.class)
                                .whoAmI()
                                .map(answer -> Thread.currentThread().getName()))
                        .assertNext(thread -> assertThat(thread).startsWith("loops-of-the-application"))
                        .verifyComplete());
    }

    @Test
    void usesOwnEventLoopsWithoutSpringsEventLoops() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(ClientShutdown.class);
            StepVerifier.create(context.getBean(SignatureClient.class)
                            .whoAmI()
                            .map(answer -> Thread.currentThread().getName()))
                    .assertNext(thread -> assertThat(thread).startsWith("signature-reactive"))
                    .verifyComplete();
        });
    }

    @Test
    void worksWithoutSpringWeb() {
        runner.withClassLoader(new FilteredClassLoader(ReactorResourceFactory.class))
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
    }

    @Test
    void closesClientBeforeSpringsEventLoops() {
        SignatureClient[] client = new SignatureClient[1];
        List<String> foundByTheLoops = new ArrayList<>();
        ReactorResourceFactory loops = new ReactorResourceFactory() {
            @Override
            public void stop() {
                foundByTheLoops.add(client[0]
                        .whoAmI()
                        .map(answer -> "an open client")
                        .onErrorReturn("a closed client")
                        .block());
                super.stop();
            }
        };
        loops.setUseGlobalResources(false);

        runner.withBean(ReactorResourceFactory.class, () -> loops).run(context -> {
            client[0] = context.getBean(SignatureClient.class);
            isKnown(client[0]);
        });

        assertThat(foundByTheLoops).containsExactly("a closed client");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void logsThatClientIsClosedAfterRestartOfContext(CapturedOutput output) {
        runner.withBean(ReactorResourceFactory.class, SignatureAutoConfigurationTest::ownLoops)
                .run(context -> {
                    context.getSourceApplicationContext().stop();
                    context.getSourceApplicationContext().start();

                    assertThat(output).contains("The signature client was closed when the application stopped");
                });
    }

    @Test
    void observesCallsIfRegistryIsPresent() {
        List<String> observed = new CopyOnWriteArrayList<>();
        runner.withBean(ObservationRegistry.class, () -> registry(observed)).run(context -> {
            isKnown(context.getBean(SignatureClient.class));
            assertThat(observed).containsExactly("signature.calls");
        });
    }

    @Test
    void usesObservationConventionOfApplication() {
        List<String> observed = new CopyOnWriteArrayList<>();
        runner.withBean(ObservationRegistry.class, () -> registry(observed))
                .withUserConfiguration(Convention.class)
                .run(context -> {
                    isKnown(context.getBean(SignatureClient.class));
                    assertThat(observed).containsExactly("calls.by.my.name");
                });
    }

    @Test
    void worksWithoutMicrometer() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer.observation"))
                .run(context -> isKnown(context.getBean(SignatureClient.class)));
    }

    private static void isKnown(SignatureClient client) {
        StepVerifier.create(client.whoAmI())
                .assertNext(answer -> assertThat(answer).contains(SigningService.DEFAULT_ORGANIZATION))
                .verifyComplete();
    }

    private static ReactorResourceFactory ownLoops() {
        var factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        factory.setLoopResourcesSupplier(
                () -> reactor.netty.resources.LoopResources.create("loops-of-the-application", 1, true));
        return factory;
    }

    private static ObservationRegistry registry(List<String> observed) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                observed.add(context.getName());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        return registry;
    }

    private static ClientConfiguration configuration() {
        return ClientConfiguration.builder(new SigningServiceConnectionDetails(service).organizationCertificate())
                .environment(ServiceEnvironment.PRODUCTION
                        .withServiceUrl(service.url())
                        .withTrusted(service.certificateAuthority()))
                .build();
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        ClientConfigurationCustomizer last() {
            return builder -> {
                var unused = builder.includeInUserAgent("last-customizer");
            };
        }

        @Bean
        @Order(1)
        ClientConfigurationCustomizer first() {
            return builder -> {
                var unused = builder.includeInUserAgent("first-customizer");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Convention {

        @Bean
        ObservationConvention<CallContext> convention() {
            return new ObservationConvention<>() {
                @Override
                public String getName() {
                    return "calls.by.my.name";
                }

                @Override
                public boolean supportsContext(Observation.Context context) {
                    return context instanceof CallContext;
                }
            };
        }
    }
}
