package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import io.micrometer.observation.Observation;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The observation context of the handling of a status change, for conventions, filters and observation handlers. */
public final class StatusChangeContext extends Observation.Context {

    private final HandledChange change;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.UNKNOWN);

    StatusChangeContext(HandledChange change) {
        this.change = change;
    }

    /** The outcome of handling. */
    public enum Outcome {
        /** The handler completed. */
        SUCCESS,
        /** The handler failed with an error or an exception. */
        FAILURE,
        /** The handler was cancelled, by its timeout or because the application stopped. */
        CANCELLED,
        /** The handler has not ended. */
        UNKNOWN
    }

    /** {@return the change that is handled} */
    public HandledChange change() {
        return change;
    }

    /** {@return the outcome of handling, or {@link Outcome#UNKNOWN} until it has ended} */
    public Outcome outcome() {
        return Objects.requireNonNull(outcome.get());
    }

    /** Sets the outcome and returns true, or returns false if it has been set before. */
    boolean end(Outcome how) {
        return outcome.compareAndSet(Outcome.UNKNOWN, how);
    }
}
