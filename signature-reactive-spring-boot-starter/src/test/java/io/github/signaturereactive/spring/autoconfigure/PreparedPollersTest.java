package io.github.signaturereactive.spring.autoconfigure;

import static io.github.signaturereactive.spring.autoconfigure.StartedService.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import io.github.signaturereactive.spring.actuate.PollerMetrics;
import io.github.signaturereactive.spring.actuate.SignatureHealthIndicator;
import io.github.signaturereactive.spring.actuate.SignatureInfoContributor;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import reactor.core.publisher.Mono;

/** Handlers, health, info and metrics of an application with ahead-of-time processing, as for a native image. */
class PreparedPollersTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        SslAutoConfiguration.class,
        LifecycleAutoConfiguration.class,
        ObservationAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        SimpleMetricsExportAutoConfiguration.class,
        SignatureAutoConfiguration.class,
        StatusChangeHandlerAutoConfiguration.class,
        SignatureObservationAutoConfiguration.class,
        SignatureMetricsAutoConfiguration.class,
        SignatureHealthContributorAutoConfiguration.class,
        SignatureInfoContributorAutoConfiguration.class
    })
    static class Application {

        @Bean
        PortalStatusChangeHandler contracts() {
            return change -> Mono.empty();
        }
    }

    private static TestGenerationContext prepared() {
        TestGenerationContext generated = new TestGenerationContext(PreparedPollersTest.class);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();
        return generated;
    }

    @SuppressWarnings("unchecked") // The generated initializer has a wildcard type.
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(
            ApplicationContextInitializer<?> instance) {
        return (ApplicationContextInitializer<GenericApplicationContext>) instance;
    }

    @Test
    @CompileWithForkedClassLoader
    void preparedApplicationHandlesChanges() {
        TestGenerationContext generated = prepared();

        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (StartedService started = new StartedService();
                    GenericApplicationContext context = new GenericApplicationContext()) {
                TestPropertyValues.of(started.propertyValues()).applyTo(context);
                initializer(compiled.getInstance(ApplicationContextInitializer.class))
                        .initialize(context);
                context.refresh();

                long job = started.signedJob(context.getBean(SignatureClient.class));
                until(() -> started.confirmedJobs().contains(job));

                assertThat(context.getBean(SignatureHealthIndicator.class)
                                .health()
                                .block()
                                .getStatus())
                        .isEqualTo(Status.UP);
                assertThat(context.getBean(SignatureInfoContributor.class)).isNotNull();
                assertThat(context.getBean(PollerMetrics.class)).isNotNull();
            }
        });
    }

    @Test
    void hintsCoverReflectionOfHandlers() throws ReflectiveOperationException {
        RuntimeHints hints = prepared().getRuntimeHints();

        assertThat(RuntimeHintsPredicates.reflection()
                        .onConstructorInvocation(SignatureHealthProperties.class.getDeclaredConstructors()[0]))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onConstructorInvocation(
                                UnusableStatusChangeHandlersFailureAnalyzer.class.getDeclaredConstructor()))
                .accepts(hints);
    }
}
