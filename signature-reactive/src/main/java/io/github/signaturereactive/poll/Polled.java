package io.github.signaturereactive.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The response to a poll.
 *
 * @param outcome the kind of response
 * @param change the change, or null if there was none
 * @param error the reason why the response could not be read, or null
 * @param date the earliest time that the clock of the service may have shown when the response arrived, for instance
 *     its {@code Date} header; null if unknown
 * @param nextPermittedPollTime the time at which the service permits the next poll, by the clock of the service; null
 *     if the response does not contain it
 * @param <T> the status change
 */
public record Polled<T>(
        Outcome outcome,
        @Nullable T change,
        @Nullable Throwable error,
        @Nullable Instant date,
        @Nullable Instant nextPermittedPollTime) {

    /** The kinds of responses. */
    public enum Outcome {
        /** A change, which the service now hides from other pollers. */
        CHANGE,
        /** The queue is empty. */
        EMPTY,
        /** It was too early to poll. */
        TOO_EARLY,
        /** The rate limiter of the service has temporarily blocked the organization. */
        RATE_LIMITED,
        /**
         * A response that could not be read. If it contained a change, the service now hides it from other pollers.
         */
        UNREADABLE
    }

    /**
     * Creates a response with a change.
     *
     * @param <T> the status change
     * @param change the change
     * @param date the earliest time that the clock of the service may have shown, or null
     * @param nextPermittedPollTime the time at which the service permits the next poll, or null
     * @return the response
     */
    public static <T> Polled<T> change(T change, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(Outcome.CHANGE, change, null, date, nextPermittedPollTime);
    }

    /**
     * Creates a response without a change.
     *
     * @param <T> the status change
     * @param outcome the kind of response
     * @param date the earliest time that the clock of the service may have shown, or null
     * @param nextPermittedPollTime the time at which the service permits the next poll, or null
     * @return the response
     */
    public static <T> Polled<T> nothing(
            Outcome outcome, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(outcome, null, null, date, nextPermittedPollTime);
    }

    /**
     * Creates a response that could not be read.
     *
     * @param <T> the status change
     * @param error the reason
     * @param date the earliest time that the clock of the service may have shown, or null
     * @param nextPermittedPollTime the time at which the service permits the next poll, or null
     * @return the response
     */
    public static <T> Polled<T> unreadable(
            Throwable error, @Nullable Instant date, @Nullable Instant nextPermittedPollTime) {
        return new Polled<>(Outcome.UNREADABLE, null, error, date, nextPermittedPollTime);
    }
}
