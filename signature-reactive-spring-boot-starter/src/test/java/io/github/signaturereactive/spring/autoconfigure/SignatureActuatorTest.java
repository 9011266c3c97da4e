package io.github.signaturereactive.spring.autoconfigure;

import static io.github.signaturereactive.spring.autoconfigure.StartedService.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.observation.CallContext;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import io.github.signaturereactive.spring.StatusChangeObserver;
import io.github.signaturereactive.spring.StatusChangePoller.State;
import io.github.signaturereactive.spring.StatusChangePollers;
import io.github.signaturereactive.spring.actuate.PollerMetrics;
import io.github.signaturereactive.spring.actuate.SignatureHealthIndicator;
import io.github.signaturereactive.spring.actuate.SignatureInfoContributor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Health, info, metrics and observations of an application, with and without Actuator and Micrometer. */
class SignatureActuatorTest {

    private final StartedService started = new StartedService();

    @AfterEach
    void close() {
        started.close();
    }

    /** Returns an application with health, info and metrics, and without handlers. */
    private ApplicationContextRunner application() {
        return started.application()
                .withConfiguration(AutoConfigurations.of(
                        SignatureObservationAutoConfiguration.class,
                        SignatureMetricsAutoConfiguration.class,
                        SignatureHealthContributorAutoConfiguration.class,
                        SignatureInfoContributorAutoConfiguration.class));
    }

    private static ApplicationContextRunner handling(ApplicationContextRunner application) {
        return application.withBean("contracts", PortalStatusChangeHandler.class, () -> change -> Mono.empty());
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(SignatureHealthIndicator.class).health().block();
    }

    private static State state(ApplicationContext context) {
        return context.getBean(StatusChangePollers.class).pollers().get(0).state();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> poller(Health health) {
        return ((List<Map<String, Object>>) health.getDetails().get("pollers")).get(0);
    }

    @Test
    void healthHasDetailsOfEachPoller() {
        handling(application()).run(context -> {
            until(() -> poller(health(context)).containsKey("lastAnswer"));

            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(poller(health))
                    .containsEntry("handler", "contracts")
                    .containsEntry("flow", "portal")
                    .containsEntry("queue", "123456789")
                    .containsEntry("state", State.POLLING);
            assertThat(health.getDetails()).containsKey("certificate").doesNotContainKey("whoAmI");
            assertThat(started.service.observations().startedRequests(Operation.WHO_AM_I))
                    .isZero();
        });
    }

    @Test
    void healthIsDownWhilePollerIsRejected() {
        started.service
                .faults()
                .always(Operation.POLL, Fault.error(403, "BROKER_NOT_AUTHORIZED", "You are no broker of theirs"));
        handling(application()).run(context -> {
            until(() -> state(context) == State.RESTARTING);

            Health down = health(context);
            assertThat(down.getStatus()).isEqualTo(Status.DOWN);
            assertThat(poller(down)).containsEntry("state", State.RESTARTING).containsKey("lastErrorAt");
            assertThat(poller(down).get("lastError").toString())
                    .contains("UnexpectedResponseException", "BROKER_NOT_AUTHORIZED");

            started.service.faults().clear();
            until(() -> state(context) == State.POLLING);
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void healthIsUpDuringBackoff() {
        started.service.faults().always(Operation.POLL, Fault.status(503));
        handling(application()).run(context -> {
            until(() -> state(context) == State.BACKING_OFF);

            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(poller(health(context))).containsEntry("state", State.BACKING_OFF);
        });
    }

    @Test
    void healthCallsServiceOnceIfEnabled() {
        application()
                .withPropertyValues("management.health.signature.who-am-i=true")
                .run(context -> {
                    assertThat(health(context).getDetails().get("whoAmI").toString())
                            .contains("123456789");
                    assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                    assertThat(started.service.observations().startedRequests(Operation.WHO_AM_I))
                            .isEqualTo(1);
                });
    }

    @Test
    void healthIsDownIfCallToServiceFails() {
        started.service.faults().always(Operation.WHO_AM_I, Fault.error(403, "NOT_AUTHORIZED", "No access"));
        application()
                .withPropertyValues("management.health.signature.who-am-i=true")
                .run(context -> assertThat(health(context).getStatus()).isEqualTo(Status.DOWN));
    }

    @Test
    void healthAndInfoCanBeDisabled() {
        application()
                .withPropertyValues(
                        "management.health.signature.enabled=false", "management.info.signature.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(SignatureHealthIndicator.class)
                        .doesNotHaveBean(SignatureInfoContributor.class));
    }

    @Test
    void healthWithoutPollersIsThatOfCertificate() {
        application().withPropertyValues("signature.polling.enabled=false").run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UP);
            assertThat(health(context).getDetails()).containsOnlyKeys("certificate");
        });
    }

    @Test
    void infoHasEnvironmentAndCertificate() {
        application().run(context -> {
            var builder = new Info.Builder();
            context.getBean(SignatureInfoContributor.class).contribute(builder);

            assertThat(builder.build().get("signature"))
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("environment", "difitest")
                    .containsEntry("host", "localhost")
                    .containsEntry("organizationNumber", "123456789")
                    .hasEntrySatisfying(
                            "version",
                            version -> assertThat(version.toString()).matches("development|\\d+\\.\\d+\\.\\d+.*"))
                    .containsEntry(
                            "certificateExpiresAt",
                            context.getBean(SignatureClient.class)
                                    .certificate()
                                    .expiresAt()
                                    .toString());
        });
    }

    @Test
    void registersMetricsOfPollers() {
        application()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .withBean("contracts", PortalStatusChangeHandler.class, FailingOnce::new)
                .run(context -> {
                    var client = context.getBean(SignatureClient.class);
                    var registry = context.getBean(MeterRegistry.class);
                    started.service.faults().next(Operation.POLL, Fault.tooManyRequests());
                    started.service.faults().next(Operation.CONFIRM, Fault.status(503));

                    long one = started.signedJob(client);
                    long other = started.signedJob(client);
                    until(() -> started.confirmedJobs().size() == 1);
                    until(() -> counted(registry, "too.early") == 1);

                    assertThat(started.confirmedJobs()).containsAnyOf(one, other);
                    until(() -> counted(registry, "confirmed") == 1);
                    assertThat(counted(registry, "changes")).isEqualTo(2);
                    assertThat(counted(registry, "failures")).isEqualTo(1);
                    assertThat(counted(registry, "back.offs")).isEqualTo(1);
                    assertThat(counted(registry, "redeliveries")).isZero();
                    assertThat(counted(registry, "restarts")).isZero();
                    until(() -> gauge(registry, "in.flight") == 0 && gauge(registry, "wait") > 0);
                });
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get("signature.poller." + name)
                .tags("flow", "portal", "queue", "123456789")
                .gauge()
                .value();
    }

    private static double counted(MeterRegistry registry, String name) {
        return registry.get("signature.poller." + name)
                .tags("flow", "portal", "queue", "123456789")
                .functionCounter()
                .count();
    }

    private static final class FailingOnce implements PortalStatusChangeHandler {

        private boolean failed;

        @Override
        public Mono<Void> handle(PortalJobStatusChanged change) {
            if (failed) {
                return Mono.empty();
            }
            failed = true;
            return Mono.error(new IllegalStateException("no"));
        }
    }

    @Test
    void handlerRunsInObservation() {
        var registry = TestObservationRegistry.create();
        var within = new AtomicReference<Observation>();
        application()
                .withBean(ObservationRegistry.class, () -> registry)
                .withBean(
                        PortalStatusChangeHandler.class,
                        () -> change -> Mono.deferContextual(context -> {
                            within.set(context.get(ObservationThreadLocalAccessor.KEY));
                            return Mono.empty();
                        }))
                .run(context -> {
                    long job = started.signedJob(context.getBean(SignatureClient.class));
                    until(() -> started.confirmedJobs().contains(job));

                    assertThat(within.get().getContext().getName()).isEqualTo("signature.changes");
                    TestObservationRegistryAssert.assertThat(registry)
                            .hasObservationWithNameEqualTo("signature.changes")
                            .that()
                            .hasHighCardinalityKeyValue("job.id", Long.toString(job))
                            .hasLowCardinalityKeyValue("outcome", "SUCCESS")
                            .hasBeenStopped();
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class HandlerThatCalls {

        @Bean
        PortalStatusChangeHandler contracts(SignatureClient client) {
            return change -> client.whoAmI().then();
        }
    }

    @Test
    void callOfHandlerIsChildOfItsObservation() {
        Queue<CallContext> calls = new ConcurrentLinkedQueue<>();
        var registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<CallContext>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof CallContext;
            }

            @Override
            public void onStop(CallContext call) {
                calls.add(call);
            }
        });
        application()
                .withBean(ObservationRegistry.class, () -> registry)
                .withUserConfiguration(HandlerThatCalls.class)
                .run(context -> {
                    handlesAChange(context);

                    assertThat(calls)
                            .filteredOn(call -> call.call().operation()
                                    == io.github.signaturereactive.observation.Operation.WHO_AM_I)
                            .singleElement()
                            .extracting(call ->
                                    call.getParentObservation().getContextView().getName())
                            .isEqualTo("signature.changes");
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WholeApplication {}

    /** An application with all auto-configurations of Spring Boot. */
    private ApplicationContextRunner wholeApplication() {
        return handling(
                started.properties(new ApplicationContextRunner()).withUserConfiguration(WholeApplication.class));
    }

    private void handlesAChange(ApplicationContext context) {
        long job = started.signedJob(context.getBean(SignatureClient.class));
        until(() -> started.confirmedJobs().contains(job));
    }

    @Test
    void applicationWithAllAutoConfigurationsHasAllBeans() {
        wholeApplication().run(context -> {
            assertThat(context)
                    .hasSingleBean(SignatureHealthIndicator.class)
                    .hasSingleBean(SignatureInfoContributor.class)
                    .hasSingleBean(StatusChangeObserver.class)
                    .hasSingleBean(PollerMetrics.class);
            handlesAChange(context);
        });
    }

    @Test
    void handlesChangesWithoutMicrometerAndActuator() {
        wholeApplication()
                .withClassLoader(new ClassLoaderWithout(
                        List.of("micrometer-", "spring-boot-actuator", "spring-boot-health", "spring-boot-micrometer"),
                        "io.micrometer",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "org.springframework.boot.micrometer"))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean("statusChangeObserver")
                            .doesNotHaveBean("signaturePollerMetrics")
                            .doesNotHaveBean("signatureHealthContributor")
                            .doesNotHaveBean("signatureInfoContributor");
                    handlesAChange(context);
                });
    }

    @Test
    void registersNoMetricsWithoutMeterRegistry() {
        handling(application())
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PollerMetrics.class));
    }
}
