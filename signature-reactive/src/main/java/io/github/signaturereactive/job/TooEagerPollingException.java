package io.github.signaturereactive.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An error emitted when a queue is polled before the next permitted poll time. The service returned HTTP status 429.
 */
public final class TooEagerPollingException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant nextPermittedPollTime;

    /**
     * Creates the exception.
     *
     * @param failure the request and its response
     * @param nextPermittedPollTime the header {@code X-Next-permitted-poll-time}, or null if the response has none
     */
    public TooEagerPollingException(Failure failure, @Nullable Instant nextPermittedPollTime) {
        super(
                failure,
                nextPermittedPollTime == null
                        ? "Wait before polling again. The response contains no next permitted poll time."
                        : "The next poll is permitted at " + nextPermittedPollTime + ".");
        this.nextPermittedPollTime = nextPermittedPollTime;
    }

    /**
     * {@return the time from which the service permits the next poll, by the service's clock, or null if the response
     * does not contain it}
     */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }
}
