package io.github.signaturereactive.observation;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An observer of all calls to the service, for metrics and tracing. Each request is one call, including polls and
 * downloads. A request that is repeated with a new access token is still one call. The wait for the rate limiter is not
 * part of the call.
 *
 * <p>The methods are called on the thread on which the event occurs, often an event loop, so they must not block. An
 * exception that a method throws fails the call.
 */
@FunctionalInterface
public interface CallObserver {

    /** An observer that does nothing. */
    CallObserver NONE = (call, context) -> new Observed() {};

    /**
     * Starts observing a call. It is called when the rate limiter has admitted the call, before the request is sent.
     *
     * @param call the operation and flow
     * @param context the context of the subscriber
     * @return the receiver of the events of this call
     */
    Observed begin(Call call, ContextView context);

    /**
     * A receiver of the events of one call. At most one of {@link #failed} and {@link #cancelled} is called, and
     * finally {@link #ended}, once.
     */
    interface Observed {

        /**
         * Returns the context of the call. Defaults to the context of the subscriber.
         *
         * @param context the context of the subscriber
         * @return the context of the call
         */
        default Context within(Context context) {
            return context;
        }

        /**
         * Receives the status of the response, whether it is a success or an error. For downloads, it is called when
         * the headers have arrived, otherwise when the whole response has arrived.
         *
         * @param httpStatus the HTTP status
         */
        default void answered(int httpStatus) {}

        /**
         * Receives the error of the call, with or without a response.
         *
         * @param error the error
         */
        default void failed(Throwable error) {}

        /** Receives the cancellation by the subscriber. */
        default void cancelled() {}

        /** Receives the end of the call, after completion, error or cancellation. */
        default void ended() {}
    }
}
