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

    /**
     * Leaves the change unconfirmed and continues the stream. The service offers the change again ten minutes after
     * it was fetched.
     *
     * @return the decision
     */
    public static ProcessingFailure leaveForLater() {
        return new ProcessingFailure(null, Then.LEAVE_FOR_LATER);
    }

    /**
     * Retries processing, and leaves the change unconfirmed if the retries fail too. During the retries the change is
     * in flight, and other changes of its job wait. If Reactor regards an error as fatal, such as a {@link
     * LinkageError}, the retry receives an exception with that error as its cause.
     *
     * @param retry the retry strategy
     * @return the decision
     */
    public static ProcessingFailure retry(Retry retry) {
        return new ProcessingFailure(Objects.requireNonNull(retry, "retry"), Then.LEAVE_FOR_LATER);
    }

    /**
     * Confirms and emits the change as if processing had succeeded. The service does not offer it again.
     *
     * @return the decision
     */
    public static ProcessingFailure confirmAnyway() {
        return new ProcessingFailure(null, Then.CONFIRM_ANYWAY);
    }

    /**
     * Leaves the change unconfirmed and terminates the stream with the error. If Reactor regards the error as fatal,
     * such as a {@link LinkageError}, the stream terminates with an exception that has the error as its cause.
     *
     * @return the decision
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
