package io.github.signaturereactive.spring;

import io.github.signaturereactive.job.SignatureException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a poller whose stream ended with an error waits before it begins anew: twice as long after each error in a row, up to a
 * limit, and then up to half as long again, at random. What the service has refused waits the longest at once, since somebody must
 * do something about it first.
 *
 * @param first after the first error, at least
 * @param longest the limit, to which the random part is added
 */
record Restart(Duration first, Duration longest) {

    Restart {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "restart back-off: the first must be longer than nothing and no longer than the longest, but they are "
                            + first + " and " + longest);
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
