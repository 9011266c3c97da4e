package io.github.signaturereactive.spring.actuate;

import io.github.signaturereactive.spring.StatusChangeObserver.HandledChange;
import io.micrometer.observation.Observation;
import reactor.core.publisher.SignalType;

/** What an observation knows of the handling of a status change, for conventions, filters and handlers. */
public final class StatusChangeContext extends Observation.Context {

    private final HandledChange change;
    private volatile Outcome outcome = Outcome.UNKNOWN;

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
        return outcome;
    }

    void ended(SignalType signal) {
        outcome = switch (signal) {
            case ON_COMPLETE -> Outcome.SUCCESS;
            case ON_ERROR -> Outcome.FAILURE;
            default -> Outcome.CANCELLED;
        };
    }
}
