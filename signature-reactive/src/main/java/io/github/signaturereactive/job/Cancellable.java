package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/**
 * A portal job that can be cancelled. Implemented by the response to its creation, by its status changes, and by the
 * stored URL.
 */
public interface Cancellable {

    /** {@return the URL for cancelling the job, or null if the service returned none} */
    @Nullable
    CancellationUrl cancellationUrl();
}
