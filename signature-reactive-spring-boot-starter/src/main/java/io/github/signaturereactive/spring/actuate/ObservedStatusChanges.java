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
 * A {@link StatusChangeObserver} that creates a Micrometer observation for each handling of a status change. The observation is in the
 * Reactor context of the handler, so calls that the handler makes are part of the same trace.
 *
 * <p>The observation is named {@code signature.changes}. Its low-cardinality keys are:
 *
 * <ul>
 *   <li>{@code flow}, which is {@code portal} or {@code direct}
 *   <li>{@code queue}, see {@link io.github.signaturereactive.spring.StatusChangePoller#queue()}
 *   <li>{@code outcome}, which is {@code SUCCESS}, {@code FAILURE} or {@code CANCELLED}
 *   <li>{@code exception}, the simple class name of the handler's error, or {@code none}
 * </ul>
 *
 * The high-cardinality key {@code job.id} is in traces, but not in metrics. Traces also contain the error of the handler, so its message
 * should not contain personal data.
 */
public final class ObservedStatusChanges implements StatusChangeObserver {

    private final ObservationRegistry registry;
    private final @Nullable ObservationConvention<StatusChangeContext> convention;

    /**
     * Creates an observer.
     *
     * @param registry the registry of the observations
     * @param convention the convention for names and keys, or null for those described above
     */
    public ObservedStatusChanges(
            ObservationRegistry registry, @Nullable ObservationConvention<StatusChangeContext> convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Mono<Void> observe(HandledChange change, Mono<Void> handling) {
        return Mono.defer(() -> {
            var context = new StatusChangeContext(change);
            Observation observation =
                    Observation.start(convention, DefaultConvention.INSTANCE, () -> context, registry);
            return handling.doOnSuccess(nothing -> end(observation, context, Outcome.SUCCESS))
                    // Not doOnError, which does not pass on an error that Reactor regards as fatal.
                    .onErrorResume(error -> {
                        observation.error(error);
                        end(observation, context, Outcome.FAILURE);
                        return Mono.error(error);
                    })
                    .doOnCancel(() -> end(observation, context, Outcome.CANCELLED))
                    .contextWrite(
                            reactorContext -> reactorContext.put(ObservationThreadLocalAccessor.KEY, observation));
        });
    }

    /** Stops the observation before downstream is notified. Ignores later signals, such as a late cancellation. */
    private static void end(Observation observation, StatusChangeContext context, Outcome outcome) {
        if (context.end(outcome)) {
            observation.stop();
        }
    }

    /** The default convention. */
    private enum DefaultConvention implements ObservationConvention<StatusChangeContext> {
        INSTANCE;

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
