package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import io.micrometer.observation.Observation;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** What an observation knows of the handling of a status change, for conventions, filters and handlers. */
public final class StatusChangeContext extends Observation.Context {

    private final HandledChange change;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.UNKNOWN);

    StatusChangeContext(HandledChange change) {
        this.change = change;
    }

    /** How handling ended. */
    public enum Outcome {
        /** The handler completed. */
        SUCCESS,
        /** The handler failed. */
        FAILURE,
        /** The handler was cancelled, since the application stopped. */
        CANCELLED,
        /** It goes on. */
        UNKNOWN
    }

    /** The change that is handled. */
    public HandledChange change() {
        return change;
    }

    /** How handling ended. */
    public Outcome outcome() {
        return Objects.requireNonNull(outcome.get());
    }

    /** Ends it, unless it has ended already. */
    boolean end(Outcome how) {
        return outcome.compareAndSet(Outcome.UNKNOWN, how);
    }
}
