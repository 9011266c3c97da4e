package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.spring.StatusChangeObserver;
import io.github.signaturereactive.spring.actuate.StatusChangeContext.Outcome;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes each handling of a status change a Micrometer observation, named {@code signature.changes}, which the handler finds in the
 * Reactor context; so what the handler calls is part of the same trace.
 *
 * <p>Its keys are {@code flow}, {@code queue}, {@code outcome}, which is {@code SUCCESS}, {@code FAILURE} or {@code CANCELLED}, and
 * {@code exception}, the class of what the handler failed with, or {@code none}. The job's number is the key {@code job.id} of high
 * cardinality, so it is in traces and not in metrics. What the handler fails with reaches traces as it is, so its message should hold
 * nothing personal.
 */
public final class ObservedStatusChanges implements StatusChangeObserver {

    private final ObservationRegistry registry;
    private final @Nullable ObservationConvention<StatusChangeContext> convention;

    /**
     * Observes handling.
     *
     * @param registry makes the observations
     * @param convention names and describes them, or null for the names above
     */
    public ObservedStatusChanges(
            ObservationRegistry registry, @Nullable ObservationConvention<StatusChangeContext> convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Mono<Void> observe(HandledChange change, Mono<Void> handling) {
        return Mono.defer(() -> {
            var described = new StatusChangeContext(change);
            Observation observation = Observation.start(convention, Described.AS, () -> described, registry);
            return handling.doOnSuccess(nothing -> end(observation, described, Outcome.SUCCESS))
                    // Not doOnError, which does not pass on an error that Reactor regards as fatal.
                    .onErrorResume(error -> {
                        observation.error(error);
                        end(observation, described, Outcome.FAILURE);
                        return Mono.error(error);
                    })
                    .doOnCancel(() -> end(observation, described, Outcome.CANCELLED))
                    .contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    /** Ends before whoever waits for the handling hears of it; what comes after the end, such as a late cancellation, is nothing new. */
    private static void end(Observation observation, StatusChangeContext described, Outcome outcome) {
        if (described.end(outcome)) {
            observation.stop();
        }
    }

    /** The names that are used unless a convention says otherwise. */
    private enum Described implements ObservationConvention<StatusChangeContext> {
        AS;

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof StatusChangeContext;
        }

        @Override
        public String getName() {
            return "signature.changes";
        }

        @Override
        public String getContextualName(StatusChangeContext context) {
            return "signature " + context.change().flow() + " change";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(StatusChangeContext context) {
            @Nullable Throwable error = context.getError();
            return KeyValues.of(
                    KeyValue.of("flow", context.change().flow()),
                    KeyValue.of("queue", context.change().queue()),
                    KeyValue.of("outcome", context.outcome().name()),
                    KeyValue.of(
                            "exception",
                            error == null ? "none" : error.getClass().getSimpleName()));
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(StatusChangeContext context) {
            return KeyValues.of("job.id", Long.toString(context.change().jobId()));
        }
    }
}
