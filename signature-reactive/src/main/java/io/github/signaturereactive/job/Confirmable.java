package io.github.signaturereactive.job;

import org.jspecify.annotations.Nullable;

/** Something whose receipt can be confirmed: a status change, or the reference it came with. */
public interface Confirmable {

    /** Where it is confirmed, or null if there is nothing to confirm. */
    @Nullable
    ConfirmationReference confirmationReference();
}
