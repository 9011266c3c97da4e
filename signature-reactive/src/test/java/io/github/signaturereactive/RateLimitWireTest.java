package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.UnexpectedResponseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** That every call of a client keeps to the limit of its organization; how the limit works has a test of its own. */
class RateLimitWireTest {

    private static final Sender OTHER = new Sender("987654321");

    private final MockWebServer server = new MockWebServer();
    private final Queue<String> arrived = new ConcurrentLinkedQueue<>();
    private final Queue<Long> arrivals = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                arrivals.add(System.nanoTime());
                arrived.add(request.getTarget());
                return new MockResponse.Builder().code(204).build();
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api" + path);
    }

    private SignatureClient client(UnaryOperator<ClientConfiguration.Builder> change) {
        return SignatureClient.create(
                change.apply(TestOrganization.configuration(url(""))).build());
    }

    /** The calls of a client, each for the organization whose number it is given, and ending with its answer. */
    enum Call {
        POLL {
            @Override
            Publisher<?> by(SignatureClient client, String organization, URI root) {
                return client.portal().getStatusChange(new Sender(organization));
            }
        },
        POLL_OF_THE_POLLER {
            @Override
            Publisher<?> by(SignatureClient client, String organization, URI root) {
                Sinks.Empty<Void> told = Sinks.empty();
                return client.portal()
                        .statusChanges(new Sender(organization))
                        .listener(event -> told.tryEmitEmpty().orThrow())
                        .receive()
                        .takeUntilOther(told.asMono());
            }
        },
        CONFIRM {
            @Override
            Publisher<?> by(SignatureClient client, String organization, URI root) {
                return client.portal().confirm(ConfirmationReference.of(URI.create(root + "/" + organization + "/c")));
            }
        },
        DOWNLOAD {
            @Override
            Publisher<?> by(SignatureClient client, String organization, URI root) {
                return client.portal()
                        .getPAdES(PAdESReference.of(URI.create(root + "/" + organization + "/p")))
                        .toByteArray(10);
            }
        };

        abstract Publisher<?> by(SignatureClient client, String organization, URI root);
    }

    @Test
    void callsAboveTheLimitAreSpacedOut() {
        try (var client = client(configuration -> configuration.callsPerSecond(3))) {
            long begun = System.nanoTime();
            StepVerifier.create(Flux.range(0, 4).flatMap(i -> client.portal().getStatusChange()))
                    .expectNextCount(4)
                    .verifyComplete();

            assertThat(arrivals).hasSize(4);
            long last = arrivals.stream().mapToLong(Long::longValue).max().orElseThrow();
            assertThat(Duration.ofNanos(last - begun)).isGreaterThan(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverCallTheServiceBlocksPausesAllCallsOfItsOrganizationAndNoOthers(Call blocked) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                arrived.add(request.getTarget());
                var response = new MockResponse.Builder();
                return request.getTarget().contains(TestOrganization.NUMBER)
                        ? response.code(429).addHeader("DoSFilter", "blocked").build()
                        : response.code(204).build();
            }
        });
        try (var client =
                client(configuration -> configuration.unlimitedCalls().rateLimiterPause(Duration.ofHours(1)))) {
            Mono<Void> first = Flux.from(blocked.by(client, TestOrganization.NUMBER, url("")))
                    .onErrorComplete(UnexpectedResponseException.class)
                    .then();
            StepVerifier.create(first).verifyComplete();
            CompletableFuture<Void> paused = Flux.fromArray(Call.values())
                    .flatMap(call -> call.by(client, TestOrganization.NUMBER, url("")))
                    .then()
                    .toFuture();

            StepVerifier.create(
                            client.portal().getStatusChange(OTHER).repeat(20).then())
                    .verifyComplete();
            assertThat(paused).isNotDone();
            paused.cancel(true);
        }
        assertThat(arrived)
                .filteredOn(target -> target.contains(TestOrganization.NUMBER))
                .hasSize(1);
        assertThat(arrived)
                .filteredOn(target -> target.contains(OTHER.organizationNumber()))
                .isNotEmpty();
    }
}
