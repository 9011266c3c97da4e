package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.StatusChange;
import java.time.Duration;

/** The service's rate limiter in a hurry, for tests that meet with it in real time. */
public final class ShortPauses {

    private ShortPauses() {}

    public static <T extends StatusChange> StatusChanges<T> of(StatusChanges<T> changes, Duration pause) {
        return changes.rateLimiterPause(pause);
    }
}
