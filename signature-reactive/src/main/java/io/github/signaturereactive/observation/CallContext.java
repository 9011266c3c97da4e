package io.github.signaturereactive.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** What an observation knows of a call, for conventions, filters and handlers. */
public final class CallContext extends Observation.Context {

    private final Call call;
    private @Nullable Integer httpStatus;
    private boolean cancelled;

    CallContext(Call call) {
        this.call = call;
    }

    /** The call. */
    public Call call() {
        return call;
    }

    /** The answer's status, or null while there is none. */
    public @Nullable Integer httpStatus() {
        return httpStatus;
    }

    /** Whether the subscriber lost interest. */
    public boolean isCancelled() {
        return cancelled;
    }

    void answered(int status) {
        this.httpStatus = status;
    }

    void cancelled() {
        this.cancelled = true;
    }
}
