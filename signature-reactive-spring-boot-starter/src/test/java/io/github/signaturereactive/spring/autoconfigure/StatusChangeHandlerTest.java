package io.github.signaturereactive.spring.autoconfigure;

import static io.github.signaturereactive.spring.autoconfigure.StartedService.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.spring.ClientConfigurationCustomizer;
import io.github.signaturereactive.spring.DirectStatusChangeHandler;
import io.github.signaturereactive.spring.PortalStatusChangeHandler;
import io.github.signaturereactive.spring.StatusChangePoller;
import io.github.signaturereactive.spring.StatusChangePoller.State;
import io.github.signaturereactive.spring.StatusChangePollers;
import io.github.signaturereactive.spring.UnusableStatusChangeHandlersException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Handlers declared as beans, with a running signing service. */
@ExtendWith(OutputCaptureExtension.class)
class StatusChangeHandlerTest {

    private final StartedService started = new StartedService();
    private final Queue<PortalJobStatusChanged> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        started.close();
    }

    private ApplicationContextRunner with(PortalStatusChangeHandler handler) {
        return started.application().withBean("contracts", PortalStatusChangeHandler.class, () -> handler);
    }

    private static StatusChangePoller poller(ConfigurableApplicationContext context) {
        return context.getBean(StatusChangePollers.class).pollers().get(0);
    }

    @Test
    void confirmsChangeAfterHandler() {
        with(change -> Mono.fromRunnable(() -> handled.add(change))).run(context -> {
            long job = started.signedJob(context.getBean(SignatureClient.class));

            until(() -> started.confirmedJobs().contains(job));

            assertThat(handled)
                    .singleElement()
                    .matches(change -> change.signatureJobId() == job)
                    .matches(change -> change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY));
            assertThat(poller(context).queue()).isEqualTo("123456789");
            assertThat(poller(context).handler()).isEqualTo("contracts");
        });
    }

    @Test
    void handlerMayBlock() {
        with(change -> {
                    assertThat(Mono.delay(Duration.ofMillis(1)).block()).isZero();
                    handled.add(change);
                    return Mono.empty();
                })
                .run(context -> {
                    long job = started.signedJob(context.getBean(SignatureClient.class));

                    until(() -> started.confirmedJobs().contains(job));

                    assertThat(handled).hasSize(1);
                });
    }

    @Test
    void handlerThatExceedsTheProcessingTimeoutFails() {
        with(change -> handled.isEmpty()
                        ? Mono.<Void>never().doOnSubscribe(subscription -> handled.add(change))
                        : Mono.empty())
                .withPropertyValues("signature.polling.processing-timeout=200ms")
                .run(context -> {
                    assertThat(started.signedJob(context.getBean(SignatureClient.class)))
                            .isPositive();
                    assertThat(started.signedJob(context.getBean(SignatureClient.class)))
                            .isPositive();

                    until(() -> started.confirmedJobs().size() == 1);
                    until(() -> poller(context).counts().failures() == 1);

                    assertThat(poller(context).lastTrouble().description())
                            .isEqualTo("java.util.concurrent.TimeoutException");
                });
    }

    @Test
    void doesNotConfirmChangeAfterFailureOfHandler() {
        Queue<Long> seen = new ConcurrentLinkedQueue<>();
        with(change -> {
                    seen.add(change.signatureJobId());
                    return seen.size() == 1 ? Mono.error(new IllegalStateException("no")) : Mono.empty();
                })
                .run(context -> {
                    long one = started.signedJob(context.getBean(SignatureClient.class));
                    long other = started.signedJob(context.getBean(SignatureClient.class));

                    until(() -> !started.confirmedJobs().isEmpty() && seen.size() == 2);

                    assertThat(started.confirmedJobs())
                            .containsExactlyElementsOf(seen.stream().skip(1).toList());
                    assertThat(seen).containsExactlyInAnyOrder(one, other);
                    until(() -> poller(context).counts().failures() == 1);
                });
    }

    @Test
    void restartsRejectedPollerUntilItIsAccepted() {
        started.service
                .faults()
                .always(Operation.POLL, Fault.error(403, "BROKER_NOT_AUTHORIZED", "You are no broker of theirs"));
        with(change -> Mono.fromRunnable(() -> handled.add(change))).run(context -> {
            until(() -> poller(context).counts().restarts() >= 2);
            assertThat(poller(context).state()).isEqualTo(State.RESTARTING);
            assertThat(poller(context).lastTrouble().description()).contains("BROKER_NOT_AUTHORIZED");

            started.service.faults().clear();
            long job = started.signedJob(context.getBean(SignatureClient.class));
            until(() -> started.confirmedJobs().contains(job));

            until(() -> poller(context).state() == State.POLLING);
            assertThat(handled).hasSize(1);
        });
    }

    @Test
    void closingWaitsForHandlerAndConfirms() {
        Sinks.Empty<Void> done = Sinks.empty();
        CountDownLatch begun = new CountDownLatch(1);
        with(change -> done.asMono().doOnSubscribe(subscription -> begun.countDown()))
                .run(context -> {
                    long job = started.signedJob(context.getBean(SignatureClient.class));
                    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                    StatusChangePoller poller = poller(context);

                    var closing = new Thread(context.getSourceApplicationContext()::close);
                    closing.start();
                    until(() -> poller.state() == State.STOPPING);
                    assertThat(started.confirmedJobs()).isEmpty();
                    done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
                    closing.join();

                    assertThat(started.confirmedJobs()).containsExactly(job);
                    assertThat(poller.state()).isEqualTo(State.STOPPED);
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WebApplication {

        @Bean
        Handler contracts() {
            return new Handler();
        }
    }

    /** A handler that completes when the test completes it. */
    static final class Handler implements PortalStatusChangeHandler {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final Sinks.Empty<Void> done = Sinks.empty();

        @Override
        public Mono<Void> handle(PortalJobStatusChanged change) {
            return done.asMono().doOnSubscribe(subscription -> begun.countDown());
        }
    }

    @Test
    void closingWithWebServerConfirmsChangesInProgress() throws Exception {
        try (var context = new SpringApplicationBuilder(WebApplication.class)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .properties(started.propertyValues())
                .properties("server.port=0")
                .run()) {
            var handler = context.getBean(Handler.class);
            var poller = poller(context);
            long job = started.signedJob(context.getBean(SignatureClient.class));
            assertThat(handler.begun.await(30, TimeUnit.SECONDS)).isTrue();

            var closing = new Thread(context::close);
            closing.start();
            until(() -> poller.state() == State.STOPPING);
            handler.done.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
            closing.join();

            assertThat(started.confirmedJobs()).containsExactly(job);
        }
    }

    @Test
    void cancelsHandlerThatExceedsShutdownTimeout() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        with(change -> Mono.<Void>never()
                        .doOnSubscribe(subscription -> begun.countDown())
                        .doOnCancel(cancelled::countDown))
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=500ms")
                .run(context -> {
                    long job = started.signedJob(context.getBean(SignatureClient.class));
                    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                    StatusChangePoller poller = poller(context);

                    context.getSourceApplicationContext().close();

                    assertThat(cancelled.getCount()).isZero();
                    assertThat(poller.state()).isEqualTo(State.STOPPED);
                    assertThat(started.confirmedJobs()).doesNotContain(job);
                });
    }

    @Test
    void pollsQueueOfHandler() {
        Queue<Long> leases = new ConcurrentLinkedQueue<>();
        with(change -> Mono.fromRunnable(() -> handled.add(change)))
                .withBean("leases", PortalStatusChangeHandler.class, () -> new PortalStatusChangeHandler() {
                    @Override
                    public Mono<Void> handle(PortalJobStatusChanged change) {
                        return Mono.fromRunnable(() -> leases.add(change.signatureJobId()));
                    }

                    @Override
                    public PollingQueue pollingQueue() {
                        return PollingQueue.of("Leases");
                    }
                })
                .run(context -> {
                    var client = context.getBean(SignatureClient.class);
                    long lease = started.signedJob(client, PollingQueue.of("Leases"));
                    long contract = started.signedJob(client);

                    until(() -> started.confirmedJobs().size() == 2);

                    assertThat(leases).containsExactly(lease);
                    assertThat(handled)
                            .extracting(PortalJobStatusChanged::signatureJobId)
                            .containsExactly(contract);
                });
    }

    @Test
    void handlerWithoutSenderUsesDefaultSenderOfClient() {
        ClientConfigurationCustomizer loans = configuration -> {
            var unused = configuration.defaultSender(new Sender("987654321", PollingQueue.of("loans")));
        };
        with(change -> Mono.empty())
                .withBean(ClientConfigurationCustomizer.class, () -> loans)
                .run(context -> assertThat(poller(context).queue()).isEqualTo("987654321/loans"));
    }

    @Test
    void usesPermitsOfApplication() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        PollPermits permits = new PollPermits() {
            @Override
            public Mono<Duration> acquire(String queue) {
                return Mono.fromSupplier(() -> {
                    asked.add(queue);
                    return Duration.ZERO;
                });
            }

            @Override
            public Mono<Void> notBefore(String queue, Duration wait) {
                return Mono.delay(Duration.ofMillis(100)).then();
            }
        };
        with(change -> Mono.empty())
                .withBean(PollPermits.class, () -> permits)
                .run(context -> until(() -> asked.contains("portal/123456789/")));
    }

    @Test
    void twoHandlersOfOneQueuePreventStartup() {
        with(change -> Mono.empty())
                .withBean("leases", PortalStatusChangeHandler.class, () -> change -> Mono.empty())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(UnusableStatusChangeHandlersException.class)
                        .hasMessageContaining("'contracts' and 'leases'"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SignatureAutoConfiguration.class, StatusChangeHandlerAutoConfiguration.class})
    static class TwoHandlers {

        @Bean
        PortalStatusChangeHandler contracts() {
            return change -> Mono.empty();
        }

        @Bean
        PortalStatusChangeHandler leases() {
            return change -> Mono.empty();
        }
    }

    @Test
    void analyzesFailureOfTwoHandlersOfOneQueue(CapturedOutput output) {
        var application = new SpringApplicationBuilder(TwoHandlers.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(started.propertyValues());

        assertThatThrownBy(() -> application.run().close())
                .hasRootCauseInstanceOf(UnusableStatusChangeHandlersException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(
                        "The beans 'contracts' and 'leases' both handle the status changes of the portal queue 123456789.")
                .contains("override pollingQueue() in one of them");
    }

    @Test
    void portalAndDirectHandlersHaveSeparateQueues() {
        with(change -> Mono.empty())
                .withBean(DirectStatusChangeHandler.class, () -> change -> Mono.empty())
                .run(context -> assertThat(
                                context.getBean(StatusChangePollers.class).pollers())
                        .extracting(StatusChangePoller::flow)
                        .containsExactly("portal", "direct"));
    }

    @Test
    void pollsNothingWithoutHandlers() {
        started.application().run(context -> {
            assertThat(context.getBean(StatusChangePollers.class).pollers()).isEmpty();
            assertThat(context.getBean(SignatureClient.class).whoAmI().block()).contains("123456789");
            assertThat(started.service.observations().startedRequests(Operation.POLL))
                    .isZero();
        });
    }

    @Test
    void pollersCanBeDisabled() {
        AtomicInteger made = new AtomicInteger();
        with(change -> Mono.fromRunnable(made::incrementAndGet))
                .withPropertyValues("signature.polling.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(StatusChangePollers.class));
    }

    @ParameterizedTest
    @CsvSource({
        "concurrency, 0, concurrency",
        "backoff.first, 0s, backoff",
        "backoff.longest, 1ms, backoff",
        "default-wait, -1s, default-wait",
        "max-wait, 0s, max-wait",
        "jitter, -1s, jitter",
        "confirm-within, 0s, confirm-within",
        "processing-timeout, 0s, processing-timeout",
        "restart.longest, 1ms, restart",
        "backoff.longest, 9223372036854775807s, backoff",
        "default-wait, 9223372036854775807s, default-wait",
        "jitter, 9223372036854775807s, jitter",
        "restart.longest, 9223372036854775807s, restart"
    })
    void namesInvalidPollingOption(String option, String value, String named) {
        with(change -> Mono.empty())
                .withPropertyValues("signature.polling." + option + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("SignaturePropertyException: The value of 'signature.polling." + named
                                + "' is invalid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signature.polling.max-wait",
                "signature.polling.confirm-within",
                "signature.polling.processing-timeout",
                "signature.calls.connect-timeout",
                "signature.calls.acquire-timeout",
                "signature.calls.response-timeout",
                "signature.calls.idle-timeout"
            })
    void limitMayBeTheLongestDuration(String property) {
        with(change -> Mono.empty())
                .withPropertyValues(property + "=9223372036854775807s")
                .run(context -> assertThat(context).hasNotFailed());
    }
}
