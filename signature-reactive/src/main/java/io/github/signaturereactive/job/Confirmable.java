package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/** A status change that can be confirmed. Implemented by status changes and by the stored reference. */
public interface Confirmable {

    /** {@return the URL for confirming the status change, or null if it needs no confirmation} */
    @Nullable
    ConfirmationReference confirmationReference();
}
