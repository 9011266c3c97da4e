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
 * Handles errors that operators cannot deliver because the subscriber has cancelled.
 *
 * <p>Reactor logs such errors at ERROR. After a cancellation, an error of the connection or of closing the client requires no
 * action, so it is logged at DEBUG instead.
 */
public final class DroppedErrors {

    private static final Logger LOG = Loggers.getLogger(DroppedErrors.class);

    /** The context key of the hook of one subscription. Its constant in Reactor's {@code Hooks} is not public. */
    private static final String HOOK = "reactor.onErrorDropped.local";

    private DroppedErrors() {}

    /**
     * Returns a context with a hook that logs errors of the call itself at DEBUG. Other errors are handled as without the hook.
     */
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
