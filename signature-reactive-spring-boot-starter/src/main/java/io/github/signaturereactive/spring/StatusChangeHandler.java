package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.StatusChanges;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The common part of handlers of status changes. Declare a bean of type {@link PortalStatusChangeHandler} or {@link
 * DirectStatusChangeHandler}. Each bean has its own poller, which runs while the application runs.
 *
 * @param <T> the type of the status change
 */
public interface StatusChangeHandler<T extends StatusChange> {

    /**
     * Handles a status change. The change is confirmed after the returned {@code Mono} has completed.
     *
     * <p>Delivery is at least once. The service delivers a change again ten minutes after it was fetched, if handling fails, if the
     * application terminates, or if the confirmation fails. So handling must be idempotent: use a unique key on job id and status, written
     * in the same transaction.
     *
     * <p>Save signed documents in this method. The service deletes them when the last change of a job has been confirmed, unless it has
     * long-term storage for the sender.
     *
     * <p>Up to {@code signature.polling.concurrency} changes of different jobs are handled at a time. Changes of one job are handled in
     * order. The method is called on a scheduler of the client for callbacks, never on an event loop. It may block, also on calls of the
     * same client. Handling that exceeds {@code signature.polling.processing-timeout} is cancelled and fails. Cancellation interrupts
     * handling that blocks. If the application has a Micrometer {@code ObservationRegistry}, the Reactor context holds the observation of
     * this call.
     *
     * @param change the change
     * @return a {@code Mono} that completes when the change has been handled; after an error, or an exception that the method throws, the
     *     change is not confirmed
     */
    Mono<Void> handle(T change);

    /**
     * Returns the sender, with its polling queue, whose changes this handler receives. Called once, at startup.
     *
     * @return the sender, or null (the default) for the application's default sender
     */
    default @Nullable Sender sender() {
        return null;
    }

    /**
     * Returns the polling queue of the sender whose changes this handler receives. Overrides the queue of {@link #sender()}. Called once,
     * at startup.
     *
     * @return the queue, or null (the default) for the queue of the sender
     */
    default @Nullable PollingQueue pollingQueue() {
        return null;
    }

    /**
     * Configures the polling for this handler, such as the concurrency and the reaction to failures. Called once, at startup. Defaults to
     * the options in {@code signature.polling.*}.
     *
     * @param defaults the polling with the options of the properties
     * @return the changed polling; the starter replaces its {@link StatusChanges#listener} and {@link StatusChanges#stopWhen}
     */
    default StatusChanges<T> polling(StatusChanges<T> defaults) {
        return defaults;
    }
}
