package io.github.signaturereactive.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brought.
 *
 * @param outcome which kind of answer it was
 * @param change the change, if there was one
 * @param error why the change could not be read, if there was one that could not
 * @param date when the service answered, by its own clock, or null if it did not say
 * @param nextPermittedPollTime when the service permits the next poll, by its own clock, or null if it did not say
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
