package io.github.signaturereactive.poll;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.retry.Retry;

/** What becomes of a change whose processing failed. */
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

    /** It stays unconfirmed, so the service offers it again, ten minutes after it was fetched; the stream goes on. */
    public static ProcessingFailure leaveForLater() {
        return new ProcessingFailure(null, Then.LEAVE_FOR_LATER);
    }

    /**
     * Processing is tried again at once or after a while, as the retry says; if that fails, too, the change is left for later.
     * While it is tried, the change is in flight, and others of its job wait.
     */
    public static ProcessingFailure retry(Retry retry) {
        return new ProcessingFailure(Objects.requireNonNull(retry, "retry"), Then.LEAVE_FOR_LATER);
    }

    /** It is confirmed and emitted as if processing had succeeded: the service never offers it again. */
    public static ProcessingFailure confirmAnyway() {
        return new ProcessingFailure(null, Then.CONFIRM_ANYWAY);
    }

    /** It stays unconfirmed, and the stream ends with the error. */
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
