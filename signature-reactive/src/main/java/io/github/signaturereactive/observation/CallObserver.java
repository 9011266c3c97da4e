package io.github.signaturereactive.observation;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Hears of every call to the service: each request that is made, polls included, from when it is its turn to when its answer
 * has been read, or the last byte of its document. Called on the thread on which it happens, so it must not block. What it
 * throws fails the call.
 */
@FunctionalInterface
public interface CallObserver {

    /** Hears nothing. */
    CallObserver NONE = (call, context) -> new Observed() {};

    /**
     * A call begins.
     *
     * @param context the subscriber's
     * @return hears how it goes on
     */
    Observed begin(Call call, ContextView context);

    /** Hears how one call goes on. Either {@link #failed} or {@link #cancelled} or neither is called; then {@link #ended}, once. */
    interface Observed {

        /** What the call itself runs in; the subscriber's context, unless this changes it. */
        default Context within(Context context) {
            return context;
        }

        /** An answer has come, success or not: all of it, or of a document the head. */
        default void answered(int httpStatus) {}

        /** The call failed, by its answer or without one. */
        default void failed(Throwable error) {}

        /** The subscriber lost interest. */
        default void cancelled() {}

        /** Nothing more is to come. */
        default void ended() {}
    }
}
