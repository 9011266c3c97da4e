package io.github.signaturereactive.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A {@link CallObserver} that makes each call a Micrometer observation. Its parent is the observation in the context of
 * the subscriber. Requires {@code io.micrometer:micrometer-observation}, which is an optional dependency of this
 * library.
 *
 * <p>The name is {@code signature.calls}. The low cardinality keys contain no data of jobs, persons or tokens:
 *
 * <ul>
 * <li>{@code operation} and {@code flow}, in lower case
 * <li>{@code status}: the HTTP status of the response, or {@code none}
 * <li>{@code outcome}: {@code SUCCESS}, {@code REDIRECTION}, {@code CLIENT_ERROR}, {@code SERVER_ERROR}, {@code
 * CANCELLED} or {@code UNKNOWN}
 * <li>{@code exception}: the simple class name of the error, or {@code none}
 * </ul>
 */
public final class MicrometerCallObserver implements CallObserver {

    private final ObservationRegistry registry;
    private final @Nullable ObservationConvention<CallContext> convention;

    private MicrometerCallObserver(
            ObservationRegistry registry, @Nullable ObservationConvention<CallContext> convention) {
        this.registry = registry;
        this.convention = convention;
    }

    /**
     * Creates an observer with the default convention.
     *
     * @param registry the registry of the observations
     * @return the observer
     */
    public static MicrometerCallObserver of(ObservationRegistry registry) {
        return new MicrometerCallObserver(registry, null);
    }

    /**
     * Creates an observer with a custom convention.
     *
     * @param registry the registry of the observations
     * @param convention the names and keys of the observations
     * @return the observer
     */
    public static MicrometerCallObserver of(
            ObservationRegistry registry, ObservationConvention<CallContext> convention) {
        return new MicrometerCallObserver(registry, convention);
    }

    @Override
    public Observed begin(Call call, ContextView context) {
        var described = new CallContext(call);
        Observation observation = Observation.createNotStarted(convention, Described.AS, () -> described, registry);
        if (context.hasKey(ObservationThreadLocalAccessor.KEY)) {
            observation.parentObservation(context.get(ObservationThreadLocalAccessor.KEY));
        }
        observation.start();
        return new Observed() {
            @Override
            public Context within(Context outer) {
                return outer.put(ObservationThreadLocalAccessor.KEY, observation);
            }

            @Override
            public void answered(int httpStatus) {
                described.answered(httpStatus);
            }

            @Override
            public void failed(Throwable error) {
                observation.error(error);
            }

            @Override
            public void cancelled() {
                described.cancelled();
            }

            @Override
            public void ended() {
                observation.stop();
            }
        };
    }

    /** The default convention. */
    private enum Described implements ObservationConvention<CallContext> {
        AS;

        private static final String NONE = "none";

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof CallContext;
        }

        @Override
        public String getName() {
            return "signature.calls";
        }

        @Override
        public String getContextualName(CallContext context) {
            return "signature " + name(context.call().operation());
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(CallContext context) {
            @Nullable Integer status = context.httpStatus();
            @Nullable Throwable error = context.getError();
            return KeyValues.of(
                    KeyValue.of("operation", name(context.call().operation())),
                    KeyValue.of("flow", name(context.call().flow())),
                    KeyValue.of("status", status == null ? NONE : status.toString()),
                    KeyValue.of("outcome", outcome(context)),
                    KeyValue.of(
                            "exception", error == null ? NONE : error.getClass().getSimpleName()));
        }

        private static String name(Enum<?> of) {
            return of.name().toLowerCase(Locale.ROOT);
        }

        private static String outcome(CallContext context) {
            if (context.isCancelled()) {
                return "CANCELLED";
            }
            @Nullable Integer status = context.httpStatus();
            if (status == null || (status < 300 && context.getError() != null)) {
                return "UNKNOWN";
            }
            return switch (status / 100) {
                case 2 -> "SUCCESS";
                case 3 -> "REDIRECTION";
                case 4 -> "CLIENT_ERROR";
                case 5 -> "SERVER_ERROR";
                default -> "UNKNOWN";
            };
        }
    }
}
