package io.github.signaturereactive.poll;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.retry.Retry;

/**
 * Decides what happens to a change whose processing failed. Processing has failed if it throws, if its publisher signals an error, or
 * if it exceeds {@link StatusChanges#processingTimeout}.
 */
public final class ProcessingFailure {

    enum Then {
        LEAVE_FOR_LATER,
        CONFIRM_ANYWAY,
        END_STREAM
    }

    private final @Nullable Retry retry;
    private final Then then;

    private ProcessingFailure(@Nullable Retry retry, Then then) {
        this.retry = retry;
        this.then = then;
    }

    /** Leaves the change unconfirmed. The service offers it again ten minutes after it was fetched, and the stream goes on. */
    public static ProcessingFailure leaveForLater() {
        return new ProcessingFailure(null, Then.LEAVE_FOR_LATER);
    }

    /**
     * Repeats processing as the retry says, and leaves the change unconfirmed if that fails too. Meanwhile the change is in flight, and
     * other changes of its job wait. An error that Reactor regards as fatal, such as a {@link LinkageError}, reaches the retry as
     * the cause of another exception.
     */
    public static ProcessingFailure retry(Retry retry) {
        return new ProcessingFailure(Objects.requireNonNull(retry, "retry"), Then.LEAVE_FOR_LATER);
    }

    /** Confirms and emits the change as if processing had succeeded. The service does not offer it again. */
    public static ProcessingFailure confirmAnyway() {
        return new ProcessingFailure(null, Then.CONFIRM_ANYWAY);
    }

    /**
     * Leaves the change unconfirmed and ends the stream with the error. An error that Reactor regards as fatal, such as a {@link
     * LinkageError}, is the cause of the exception that ends the stream.
     */
    public static ProcessingFailure endStream() {
        return new ProcessingFailure(null, Then.END_STREAM);
    }

    @Nullable
    Retry retry() {
        return retry;
    }

    Then then() {
        return then;
    }
}
