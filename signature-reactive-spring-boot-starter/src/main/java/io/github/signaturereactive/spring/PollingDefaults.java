package io.github.signaturereactive.spring;

import io.github.signaturereactive.poll.StatusChanges;

/** How queues are polled unless their handler says otherwise. */
public interface PollingDefaults {

    /**
     * The polling with the defaults.
     *
     * @param polling the polling as the SDK has it
     * @param <T> the status change
     */
    <T> StatusChanges<T> applyTo(StatusChanges<T> polling);
}
