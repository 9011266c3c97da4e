package io.github.signaturereactive;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.observation.Call;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.observation.Flow;
import io.github.signaturereactive.observation.MicrometerCallObserver;
import io.github.signaturereactive.observation.Operation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** What those hear who observe calls, and on whose event loops calls are made. */
class ObservedCallsTest {

    private final MockWebServer server = new MockWebServer();
    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private SignatureClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = SignatureClient.create(
                configuration().observer(MicrometerCallObserver.of(registry)).build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        server.close();
    }

    private ClientConfiguration.Builder configuration() {
        return TestOrganization.configuration(URI.create("http://127.0.0.1:" + server.getPort() + "/api"));
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + "/api" + path);
    }

    private MockResponse answer(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    @Test
    void aCallIsAnObservationBelowThatOfTheSubscriber() {
        server.enqueue(answer(204));
        Observation parent = Observation.start("parent", registry);

        StepVerifier.create(client.portal()
                        .getStatusChange()
                        .contextWrite(Context.of(ObservationThreadLocalAccessor.KEY, parent)))
                .expectNextCount(1)
                .verifyComplete();
        parent.stop();

        assertThat(registry)
                .hasObservationWithNameEqualTo("signature.calls")
                .that()
                .hasBeenStarted()
                .hasBeenStopped()
                .hasContextualNameEqualTo("signature poll")
                .hasParentObservationEqualTo(parent)
                .hasLowCardinalityKeyValue("operation", "poll")
                .hasLowCardinalityKeyValue("flow", "portal")
                .hasLowCardinalityKeyValue("status", "204")
                .hasLowCardinalityKeyValue("outcome", "SUCCESS")
                .hasLowCardinalityKeyValue("exception", "none");
    }

    @Test
    void aRefusalTellsItsStatusAndItsException() {
        server.enqueue(answer(409));

        StepVerifier.create(client.portal().cancel(CancellationUrl.of(url("/portal/signature-jobs/1/cancel"))))
                .verifyError();

        isOf("cancel", "409", "CLIENT_ERROR", "UnexpectedResponseException");
    }

    @Test
    void aFaultTellsItsExceptionOnly() {
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseSocket())
                .build());

        StepVerifier.create(client.direct().getStatusChange()).verifyError();

        isOf("poll", "none", "UNKNOWN", "ServiceUnreachableException");
    }

    @Test
    void aDownloadEndsWithItsLastByte() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "application/pdf")
                .body("x".repeat(100_000))
                .build());

        StepVerifier.create(
                        client.portal()
                                .getPAdES(PAdESReference.of(url("/pades")))
                                .content(),
                        1)
                .expectNextCount(1)
                .then(() -> assertThat(registry)
                        .hasObservationWithNameEqualTo("signature.calls")
                        .that()
                        .isNotStopped())
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(any -> true)
                .verifyComplete();

        isOf("download", "200", "SUCCESS", "none");
    }

    @Test
    void aDownloadThatIsCancelledIsToldAsSuch() {
        server.enqueue(new MockResponse.Builder()
                .addHeader("Content-Type", "application/pdf")
                .body("x".repeat(100_000))
                .build());

        StepVerifier.create(
                        client.portal()
                                .getPAdES(PAdESReference.of(url("/pades")))
                                .content(),
                        1)
                .expectNextCount(1)
                .thenCancel()
                .verify();

        isOf("download", "200", "CANCELLED", "none");
    }

    @Test
    void nothingOfAJobIsAmongTheKeys() {
        server.enqueue(answer(500));
        StepVerifier.create(client.portal()
                        .cancel(CancellationUrl.of(url("/987654321/portal/signature-jobs/4711/cancel?token=secret"))))
                .verifyError();

        assertThat(registry)
                .hasObservationWithNameEqualTo("signature.calls")
                .that()
                .satisfies(observed -> assertThat(observed.getAllKeyValues().toString())
                        .doesNotContain("987654321", "4711", "secret"));
    }

    @Test
    void anObserverOfOnesOwnHearsOfEachTryAndOfItsEnd() {
        List<Object> heard = new CopyOnWriteArrayList<>();
        CallObserver observer = (call, context) -> {
            heard.add(call);
            return new CallObserver.Observed() {
                @Override
                public void answered(int httpStatus) {
                    heard.add(httpStatus);
                }

                @Override
                public void ended() {
                    heard.add("ended");
                }
            };
        };
        SignatureClient observed =
                SignatureClient.create(configuration().observer(observer).build());
        server.enqueue(answer(204));

        StepVerifier.create(observed.direct().getStatusChange())
                .expectNextCount(1)
                .verifyComplete();
        StepVerifier.create(observed.disposeLater()).verifyComplete();

        assertThat(heard).containsExactly(new Call(Operation.POLL, Flow.DIRECT), 204, "ended");
    }

    @Test
    void eventLoopsThatWereGivenAreUsedAndLeftAlone() {
        LoopResources shared = LoopResources.create("shared", 1, true);
        SignatureClient sharing =
                SignatureClient.create(configuration().eventLoops(shared).build());
        server.enqueue(new MockResponse.Builder().body("You").build());

        StepVerifier.create(sharing.whoAmI().map(any -> Thread.currentThread().getName()))
                .assertNext(thread -> assertThat(thread).startsWith("shared-"))
                .verifyComplete();
        StepVerifier.create(sharing.disposeLater()).verifyComplete();

        assertThat(shared.isDisposed()).isFalse();
        StepVerifier.create(shared.disposeLater()).verifyComplete();
    }

    private void isOf(String operation, String status, String outcome, String exception) {
        assertThat(registry)
                .hasObservationWithNameEqualTo("signature.calls")
                .that()
                .hasBeenStopped()
                .hasLowCardinalityKeyValue("operation", operation)
                .hasLowCardinalityKeyValue("status", status)
                .hasLowCardinalityKeyValue("outcome", outcome)
                .hasLowCardinalityKeyValue("exception", exception);
    }
}
