package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.UntrustedServerException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential backoff with jitter: the wait doubles with each fault up to a limit, and a random part of up to half of it is added, so
 * that many pollers do not retry at the same time.
 *
 * @param first the wait after the first fault
 * @param longest the limit, to which the random part is added
 */
record Backoff(Duration first, Duration longest) {

    Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "backoff: first must be more than zero and not more than longest, but they are " + first + " and "
                            + longest);
        }
        longest = PollOptions.wait("backoff: longest", longest);
    }

    Duration after(long faultsBefore) {
        long doublings = Math.min(faultsBefore, 30);
        long cap = longest.toNanos();
        long wait = first.toNanos() > cap >> doublings ? cap : first.toNanos() << doublings;
        return Duration.ofNanos(wait + ThreadLocalRandom.current().nextLong(wait / 2 + 1));
    }

    static boolean isTransient(Throwable error) {
        return error instanceof SignatureException failure && failure.isTransient();
    }

    /**
     * Returns whether the error means that the client has no access to the service, so that further requests would
     * fail too.
     */
    static boolean isLossOfAccess(Throwable error) {
        if (error instanceof UnexpectedResponseException refusal) {
            return UnexpectedResponseException.BROKER_NOT_AUTHORIZED.equals(refusal.errorCode())
                    || refusal.httpStatus() == 401
                    || refusal.httpStatus() == 403
                    || "NOT_AUTHORIZED".equals(refusal.errorCode());
        }
        return (error instanceof AccessTokenException noToken && !noToken.isTransient())
                || error instanceof UntrustedServerException
                || error instanceof CertificateRejectedException
                || error instanceof ClientClosedException;
    }
}
