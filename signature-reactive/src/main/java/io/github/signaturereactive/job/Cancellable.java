package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/** Something that can be cancelled: a job, as its creation or a status change described it, or the stored URL. */
public interface Cancellable {

    /** Where it is cancelled, or null if the service does not offer that. */
    @Nullable
    CancellationUrl cancellationUrl();
}
