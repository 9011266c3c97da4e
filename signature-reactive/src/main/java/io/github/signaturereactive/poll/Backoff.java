package io.github.signaturereactive.poll;

import io.github.signaturereactive.job.AccessTokenException;
import io.github.signaturereactive.job.BrokerNotAuthorizedException;
import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.ClientClosedException;
import io.github.signaturereactive.job.PrivateKeyException;
import io.github.signaturereactive.job.ServiceUnreachableException;
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

    /**
     * Returns whether the error is transient: an error of the connection or the private key, or status 408, 429 or
     * 5xx of the service or the token endpoint.
     */
    static boolean isTransient(Throwable error) {
        if (error instanceof UnexpectedResponseException unexpected) {
            return isTransient(unexpected.httpStatus());
        }
        if (error instanceof AccessTokenException noToken) {
            return isTransient(noToken.httpStatus());
        }
        return error instanceof ServiceUnreachableException || error instanceof PrivateKeyException;
    }

    private static boolean isTransient(int httpStatus) {
        return httpStatus >= 500 || httpStatus == 429 || httpStatus == 408;
    }

    /**
     * Returns whether the error means that the client has no access to the service, so that further requests would
     * fail too.
     */
    static boolean isLossOfAccess(Throwable error) {
        if (error instanceof UnexpectedResponseException refusal) {
            return refusal instanceof BrokerNotAuthorizedException
                    || refusal.httpStatus() == 401
                    || refusal.httpStatus() == 403
                    || "NOT_AUTHORIZED".equals(refusal.errorCode());
        }
        return (error instanceof AccessTokenException && !isTransient(error))
                || error instanceof UntrustedServerException
                || error instanceof CertificateRejectedException
                || error instanceof ClientClosedException;
    }
}
