package io.github.signaturereactive.http;

import io.github.signaturereactive.job.SignatureException;
import java.util.NoSuchElementException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import reactor.core.publisher.Operators;
import reactor.util.Logger;
import reactor.util.Loggers;
import reactor.util.context.Context;

/**
 * Handles errors that operators cannot deliver because the subscriber has cancelled. A call that is cancelled while its connection
 * breaks, or while the client is closed, is nothing to act upon, but Reactor would log it at ERROR.
 */
public final class DroppedErrors {

    private static final Logger LOG = Loggers.getLogger(DroppedErrors.class);

    /** The key under which Reactor looks for a hook of one subscription. */
    private static final String HOOK = "reactor.onErrorDropped.local";

    private DroppedErrors() {}

    /** Returns the context for a call: errors of the call itself are logged at DEBUG, and any other error as without this hook. */
    public static Context ofCall(Context context) {
        Consumer<Throwable> hook = error -> {
            if (isOfCall(error)) {
                LOG.debug("After a cancellation: {}", error.toString());
            } else {
                Operators.onErrorDropped(error, context);
            }
        };
        return context.put(HOOK, hook);
    }

    private static boolean isOfCall(Throwable error) {
        return error instanceof SignatureException
                || error instanceof RejectedExecutionException
                || error instanceof NoSuchElementException;
    }
}
