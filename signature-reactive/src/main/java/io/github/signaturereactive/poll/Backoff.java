package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.BrokerNotAuthorizedException;
import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after a fault: twice as long after each, up to a limit, and then up to half as long again, at random, so that
 * many pollers do not come back together.
 *
 * @param first after the first fault, at least
 * @param longest the limit, to which the random part is added
 */
record Backoff(Duration first, Duration longest) {

    Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff: the first must be longer than nothing and no longer than the longest, but they are "
                            + first + " and " + longest);
        }
    }

    Duration after(long faultsBefore) {
        long doublings = Math.min(faultsBefore, 30);
        long cap = longest.toNanos();
        long wait = first.toNanos() > cap >> doublings ? cap : first.toNanos() << doublings;
        return Duration.ofNanos(wait + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    /** Returns whether the error is transient: of the connection, the private key, or a service or token endpoint that is overloaded. */
    static boolean canHeal(Throwable error) {
        if (error instanceof UnexpectedResponseException unexpected) {
            return passes(unexpected.httpStatus());
        }
        if (error instanceof AccessTokenException noToken) {
            return passes(noToken.httpStatus());
        }
        return error instanceof ServiceUnreachableException || error instanceof PrivateKeyException;
    }

    private static boolean passes(int httpStatus) {
        return httpStatus >= 500 || httpStatus == 429 || httpStatus == 408;
    }

    /** Whether the service refuses the one request, not us: a 4xx, but not for want of access. */
    static boolean isRefusal(Throwable error) {
        return error instanceof UnexpectedResponseException refusal
                && !(error instanceof BrokerNotAuthorizedException)
                && refusal.httpStatus() >= 400
                && refusal.httpStatus() < 500
                && refusal.httpStatus() != 401
                && refusal.httpStatus() != 403;
    }
}
