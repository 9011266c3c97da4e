package io.github.signaturereactive.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ObservedStatusChangesTest {

    private static final HandledChange CHANGE = new HandledChange("portal", "123456789/Leases", 4711);

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final ObservedStatusChanges observed = new ObservedStatusChanges(registry, null);

    @Test
    void observationHasJobIdForTracesOnly() {
        StepVerifier.create(observed.observe(CHANGE, Mono.empty())).verifyComplete();

        TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsEqualTo(1)
                .hasObservationWithNameEqualTo("signature.changes")
                .that()
                .hasContextualNameEqualTo("signature portal change")
                .hasLowCardinalityKeyValue("flow", "portal")
                .hasLowCardinalityKeyValue("queue", "123456789/Leases")
                .hasLowCardinalityKeyValue("outcome", "SUCCESS")
                .hasLowCardinalityKeyValue("exception", "none")
                .hasHighCardinalityKeyValue("job.id", "4711")
                .doesNotHaveLowCardinalityKeyValueWithKey("job.id")
                .doesNotHaveError()
                .hasBeenStarted()
                .hasBeenStopped();
    }

    @Test
    void reactorContextHasObservation() {
        var found = new AtomicReference<Observation>();
        Mono<Void> handler = Mono.deferContextual(context -> {
            found.set(context.get(ObservationThreadLocalAccessor.KEY));
            return Mono.empty();
        });

        StepVerifier.create(observed.observe(CHANGE, handler)).verifyComplete();

        assertThat(found.get().getContext()).isInstanceOf(StatusChangeContext.class);
    }

    @Test
    void failedHandlerIsObservedAsError() {
        var error = new IllegalStateException("no");

        StepVerifier.create(observed.observe(CHANGE, Mono.error(error))).verifyErrorMatches(error::equals);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("outcome", "FAILURE")
                .hasLowCardinalityKeyValue("exception", "IllegalStateException")
                .hasError(error)
                .hasBeenStopped();
    }

    @Test
    void fatalErrorStopsObservation() {
        var error = new NoClassDefFoundError("missing");

        StepVerifier.create(observed.observe(CHANGE, Mono.error(error))).verifyErrorMatches(error::equals);

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("outcome", "FAILURE")
                .hasError(error)
                .hasBeenStopped();
    }

    @Test
    void cancelledHandlerStopsObservation() {
        StepVerifier.create(observed.observe(CHANGE, Mono.never())).thenCancel().verify();

        TestObservationRegistryAssert.assertThat(registry)
                .hasSingleObservationThat()
                .hasLowCardinalityKeyValue("outcome", "CANCELLED")
                .hasBeenStopped();
    }

    @Test
    void eachHandlingHasItsOwnObservation() {
        Mono<Void> handling = observed.observe(CHANGE, Mono.empty());

        StepVerifier.create(handling).verifyComplete();
        StepVerifier.create(handling).verifyComplete();

        TestObservationRegistryAssert.assertThat(registry).hasNumberOfObservationsEqualTo(2);
    }

    @Test
    void usesConventionOfApplication() {
        ObservationConvention<StatusChangeContext> convention = new ObservationConvention<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof StatusChangeContext;
            }

            @Override
            public String getName() {
                return "contracts.changes";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(StatusChangeContext context) {
                return KeyValues.of("ended", context.outcome().name());
            }
        };

        StepVerifier.create(new ObservedStatusChanges(registry, convention).observe(CHANGE, Mono.empty()))
                .verifyComplete();

        TestObservationRegistryAssert.assertThat(registry)
                .hasObservationWithNameEqualTo("contracts.changes")
                .that()
                .hasLowCardinalityKeyValue("ended", "SUCCESS");
    }
}
