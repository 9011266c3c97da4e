package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.SignatureException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits before a poller whose stream ended with an error is subscribed again. The wait doubles with each error in a row, and a random
 * part of up to half of it is added. After an error of the service or the client, such as a rejected certificate, the longest wait applies
 * immediately, because an operator has to correct the cause first.
 *
 * @param first the wait after the first error
 * @param longest the limit, to which the random part is added
 */
record Restart(Duration first, Duration longest) {

    private static final Duration LIMIT = Duration.ofDays(365);

    Restart {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || longest.compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException(
                    "restart: first must be more than zero and not more than longest, and longest at most "
                            + LIMIT.toDays() + " days, but they are " + first + " and " + longest);
        }
    }

    Duration after(Throwable error, int errorsBefore) {
        long cap = longest.toNanos();
        int doublings = Math.min(errorsBefore, 30);
        boolean atOnce = error instanceof SignatureException || first.toNanos() > cap >> doublings;
        long wait = atOnce ? cap : first.toNanos() << doublings;
        return Duration.ofNanos(wait + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }
}
