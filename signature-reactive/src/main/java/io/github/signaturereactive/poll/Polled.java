package io.github.signaturereactive.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The response to a poll.
 *
 * @param outcome the kind of response
 * @param change the change, or null if there was none
 * @param error why the change could not be read, or null if there was none or it could be read
 * @param date the earliest time that the service's clock may have shown when the response arrived, for instance its {@code Date}; null if
 *     unknown
 * @param nextPermittedPollTime when the service permits the next poll, by its own clock; null if the response does not tell
 * @param <T> the status change
 */
public record Polled<T>(
        Outcome outcome,
        @Nullable T change,
        @Nullable Throwable error,
        @Nullable Instant date,
        @Nullable Instant nextPermittedPollTime) {

    /** The kinds of answers. */
    public enum Outcome {
        /** A change, now hidden from others. */
        CHANGE,
        /** The queue is empty. */
        EMPTY,
        /** It was too early to poll. */
        TOO_EARLY,
        /** The service's rate limiter has blocked the organization for a while. */
        RATE_LIMITED,
        /** There was something, but it could not be read; if it was a change, it is now hidden from others. */
        UNREADABLE
    }

    /** A change. */
    public static <T> Polled<T> change(T change, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(Outcome.CHANGE, change, null, date, nextPermittedPollTime);
    }

    /** No change. */
    public static <T> Polled<T> nothing(
            Outcome outcome, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(outcome, null, null, date, nextPermittedPollTime);
    }

    /** Something that could not be read. */
    public static <T> Polled<T> unreadable(
            Throwable error, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(Outcome.UNREADABLE, null, error, date, nextPermittedPollTime);
    }
}
