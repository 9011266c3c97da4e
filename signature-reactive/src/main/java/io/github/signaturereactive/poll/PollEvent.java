package io.github.signaturereactive.poll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened while polling, for logs and metrics. Nothing personal is among it but, perhaps, what
 * your own processing puts into its errors, which is why an event's text tells only their class. */
public sealed interface PollEvent {

    /** The queue's name. */
    String queue();

    /**
     * A change was fetched.
     *
     * @param redelivered whether this process had processed another delivery of it, and only the confirmation had failed
     */
    record Fetched(String queue, long jobId, boolean redelivered) implements PollEvent {}

    /**
     * The queue was empty.
     *
     * @param pause until the next poll
     */
    record Empty(String queue, Duration pause) implements PollEvent {}

    /**
     * The service said that it was too early to poll, or that there were too many calls.
     *
     * @param pause until the next poll
     */
    record TooEarly(String queue, Duration pause) implements PollEvent {}

    /**
     * The permitted time of the next poll is farther ahead than {@link StatusChanges#maxWait}, so the poller does not wait for it. A wrong
     * clock or header of the service is the likely cause.
     *
     * @param requested the time until the next poll is permitted, according to the service or to shared permits
     * @param pause the wait until the next poll
     */
    record WaitCapped(String queue, Duration requested, Duration pause) implements PollEvent {}

    /** An answer could not be read; if it was a change, the service will offer it again. */
    record Unreadable(String queue, Throwable error) implements PollEvent {}

    /**
     * A poll or a confirmation failed and will be tried again.
     *
     * @param jobId whose confirmation failed, or null if it was a poll
     * @param pause until the next try
     */
    record BackingOff(String queue, @Nullable Long jobId, Throwable error, Duration pause) implements PollEvent {}

    /**
     * A call of the shared permits failed. Until calls succeed again, the poller keeps to the times that the service permitted to this
     * instance.
     */
    record PermitsUnavailable(String queue, Throwable error) implements PollEvent {}

    /** A change was processed. */
    record Processed(String queue, long jobId) implements PollEvent {}

    /** Processing a change failed for good, as far as this delivery goes. */
    record ProcessingFailed(String queue, long jobId, Throwable error) implements PollEvent {
        @Override
        public String toString() {
            return "ProcessingFailed[queue=" + queue + ", jobId=" + jobId + ", error="
                    + error.getClass().getName() + "]";
        }
    }

    /**
     * A change was delivered again while its earlier delivery was still in flight. The new delivery is dropped and stays unconfirmed,
     * so that processing that does not end occupies one place only.
     */
    record StillInFlight(String queue, long jobId) implements PollEvent {}

    /**
     * A change is still being processed although the service no longer hides it. Other pollers of the queue may be offered it now.
     *
     * @param hidden how long the service hides a change that was fetched
     */
    record ProcessingOverdue(String queue, long jobId, Duration hidden) implements PollEvent {}

    /** A change was confirmed. */
    record Confirmed(String queue, long jobId) implements PollEvent {}

    /**
     * A processed change was not confirmed: the service refused the confirmation, for instance because another delivery of the change
     * has been confirmed, or the confirmation failed until {@link StatusChanges#confirmWithin} was over. If it was not confirmed
     * otherwise, the service offers the change again.
     */
    record ConfirmationFailed(String queue, long jobId, Throwable error) implements PollEvent {}
}
