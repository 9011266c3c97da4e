package io.github.signaturereactive.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The queue was polled before the service permits it. */
public final class TooEagerPollingException extends UnexpectedResponseException {

    private static final long serialVersionUID = 1L;

    private final @Nullable Instant nextPermittedPollTime;

    /**
     * Reports a poll that came too early.
     *
     * @param failure what was asked and what came back
     * @param nextPermittedPollTime when the service allows the next poll, by its own clock, or null if it did not say
     */
    public TooEagerPollingException(Failure failure, @Nullable Instant nextPermittedPollTime) {
        super(
                failure,
                nextPermittedPollTime == null
                        ? "Wait before polling again; the service did not say how long."
                        : "The next poll is permitted at " + nextPermittedPollTime + ".");
        this.nextPermittedPollTime = nextPermittedPollTime;
    }

    /** When the service allows the next poll, by its own clock, or null if it did not say. */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }
}
