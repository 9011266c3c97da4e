package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.poll.StatusChanges;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What both kinds of handlers have in common. Declare a bean that is a {@link PortalStatusChangeHandler} or a
 * {@link DirectStatusChangeHandler}; each gets a poller that runs as long as the application does.
 *
 * @param <T> the status change
 */
public interface StatusChangeHandler<T> {

    /**
     * Handles a status change. At least once: a change is confirmed after this has completed, and is delivered again, ten minutes
     * after it was fetched, if this fails, if the application dies, or if the confirmation does not get through. So what it does
     * must be idempotent: make it depend on the job's number and status, written in one transaction.
     *
     * <p>Save signed documents here. The service drops them when the last change of a job has been confirmed, unless it stores
     * documents for the sender.
     *
     * <p>Called on a scheduler of the client for callbacks, never on an event loop, so it may block, also on calls of the same client.
     * If the application has a Micrometer {@code ObservationRegistry}, the Reactor context holds the observation of this call.
     *
     * @param change the change
     * @return completes when the change has been dealt with; an error, or an exception that is thrown instead of returning, leaves
     *     the change unconfirmed
     */
    Mono<Void> handle(T change);

    /** The sender whose changes are handled, and the queue. Defaults to the application's default sender and its queue. */
    default @Nullable Sender sender() {
        return null;
    }

    /** Another queue of that sender. Defaults to the sender's own. */
    default @Nullable PollingQueue pollingQueue() {
        return null;
    }

    /**
     * Configure the polling for this handler, for instance how many changes are handled at a time and what becomes of one whose
     * handling failed. Defaults to what the properties {@code signature.polling} say.
     *
     * @param defaults the polling as the properties describe it
     * @return the changed polling; its listener and its end are the starter's own and are replaced
     */
    default StatusChanges<T> polling(StatusChanges<T> defaults) {
        return defaults;
    }
}
