package io.github.signaturereactive.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** The context of the Micrometer observation of a call, for conventions, filters and handlers. */
public final class CallContext extends Observation.Context {

    private final Call call;
    private @Nullable Integer httpStatus;
    private boolean cancelled;

    CallContext(Call call) {
        this.call = call;
    }

    /** {@return the operation and flow of the call} */
    public Call call() {
        return call;
    }

    /** {@return the HTTP status of the response, or null before the response and for calls without response} */
    public @Nullable Integer httpStatus() {
        return httpStatus;
    }

    /** {@return whether the subscriber cancelled the call} */
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
