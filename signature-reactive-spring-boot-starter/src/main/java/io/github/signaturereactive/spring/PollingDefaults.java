package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.poll.StatusChanges;

/** The default options of polling, which a handler can override in {@link StatusChangeHandler#polling}. */
public interface PollingDefaults {

    /**
     * Returns the polling with these options.
     *
     * @param polling the polling with the defaults of the SDK
     * @param <T> the type of the status change
     */
    <T extends StatusChange> StatusChanges<T> applyTo(StatusChanges<T> polling);
}
