package io.github.signaturereactive.poll;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An event of polling, for logs and metrics. Events contain no personal data, with the possible exception of errors
 * from the application's processing. The text of {@link ProcessingFailed} therefore contains only the class of the
 * error.
 */
public sealed interface PollEvent {

    /** {@return the name of the queue, see {@link StatusQueue#name()}} */
    String queue();

    /**
     * A change was fetched.
     *
     * @param redelivered whether this process has processed another delivery of the change without confirming it
     */
    record Fetched(String queue, long jobId, boolean redelivered) implements PollEvent {}

    /**
     * The queue was empty.
     *
     * @param pause the wait until the next poll
     */
    record Empty(String queue, Duration pause) implements PollEvent {}

    /**
     * The service responded that the poll came too early, or that there were too many requests.
     *
     * @param pause the wait until the next poll
     */
    record TooEarly(String queue, Duration pause) implements PollEvent {}

    /**
     * The permitted time of the next poll is later than {@link StatusChanges#maxWait} allows, so the poller polls
     * earlier. The likely cause is a wrong clock or header of the service.
     *
     * @param requested the time until the next poll is permitted, according to the service or the shared permits
     * @param pause the wait until the next poll
     */
    record WaitCapped(String queue, Duration requested, Duration pause) implements PollEvent {}

    /** A response could not be read. If it contained a change, the service offers the change again. */
    record Unreadable(String queue, Throwable error) implements PollEvent {}

    /**
     * A poll or a confirmation failed and will be retried.
     *
     * @param jobId the job whose confirmation failed, or null if a poll failed
     * @param pause the wait until the retry
     */
    record BackingOff(String queue, @Nullable Long jobId, Throwable error, Duration pause) implements PollEvent {}

    /**
     * A call of the shared permits failed. Until calls succeed again, the poller observes only the times that the
     * service permitted to this instance.
     */
    record PermitsUnavailable(String queue, Throwable error) implements PollEvent {}

    /** A change was processed. */
    record Processed(String queue, long jobId) implements PollEvent {}

    /**
     * Processing of a change failed, including its retries. {@link ProcessingFailure} decides what happens to the
     * change.
     */
    record ProcessingFailed(String queue, long jobId, Throwable error) implements PollEvent {
        @Override
        public String toString() {
            return "ProcessingFailed[queue=" + queue + ", jobId=" + jobId + ", error="
                    + error.getClass().getName() + "]";
        }
    }

    /**
     * A change was delivered again while its earlier delivery was still in flight. The new delivery is dropped and
     * not confirmed, so that processing that never ends occupies only one unit of {@linkplain
     * StatusChanges#concurrency concurrency}.
     */
    record StillInFlight(String queue, long jobId) implements PollEvent {}

    /**
     * A change is still being processed although the service no longer hides it. The service may now offer it to
     * other pollers of the queue.
     *
     * @param hidden how long the service hides a change after it was fetched
     */
    record ProcessingOverdue(String queue, long jobId, Duration hidden) implements PollEvent {}

    /** A change was confirmed. */
    record Confirmed(String queue, long jobId) implements PollEvent {}

    /**
     * A processed change was not confirmed. Either the service refused the confirmation, for instance because another
     * delivery of the change has been confirmed, or the confirmation failed until {@link StatusChanges#confirmWithin}
     * had passed. The service offers the change again, unless another delivery of it is confirmed.
     */
    record ConfirmationFailed(String queue, long jobId, Throwable error) implements PollEvent {}
}
