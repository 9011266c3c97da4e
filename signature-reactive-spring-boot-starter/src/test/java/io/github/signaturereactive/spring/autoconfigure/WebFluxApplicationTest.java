package io.github.signaturereactive.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.signingservice.SigningService;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.test.StepVerifier;

/** A WebFlux application with all auto-configuration of Spring Boot. */
class WebFluxApplicationTest {

    private static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

    private SigningService service;
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        OBSERVED.clear();
        service = SigningService.start();
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .properties("server.port=0")
                .properties(ServiceUnderTest.properties(service))
                .run();
    }

    @AfterEach
    void stop() {
        context.close();
        service.close();
    }

    @Test
    void clientUsesEventLoopsOfServer() {
        StepVerifier.create(context.getBean(SignatureClient.class)
                        .whoAmI()
                        .map(answer -> Thread.currentThread().getName()))
                .assertNext(thread -> assertThat(thread).startsWith("reactor-http-"))
                .verifyComplete();
    }

    @Test
    void observesCallsWithRegistryOfSpringBoot() {
        StepVerifier.create(context.getBean(SignatureClient.class).whoAmI())
                .expectNextCount(1)
                .verifyComplete();

        assertThat(OBSERVED).containsExactly("signature.calls");
    }

    @Test
    void closesClientBeforeEventLoops() {
        SignatureClient client = context.getBean(SignatureClient.class);
        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();

        context.close();

        StepVerifier.create(client.disposeLater()).verifyComplete();
        StepVerifier.create(client.whoAmI())
                .verifyErrorSatisfies(error -> assertThat(error).hasMessageContaining("closed"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        ObservationHandler<Observation.Context> observed() {
            return new ObservationHandler<>() {
                @Override
                public void onStop(Observation.Context observation) {
                    OBSERVED.add(observation.getName());
                }

                @Override
                public boolean supportsContext(Observation.Context observation) {
                    return true;
                }
            };
        }
    }
}
