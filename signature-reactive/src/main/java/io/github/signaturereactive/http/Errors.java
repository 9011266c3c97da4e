package io.github.signaturereactive.http;

import io.github.signaturereactive.job.BrokerNotAuthorizedException;
import io.github.signaturereactive.job.CantQueryStatusException;
import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.InvalidStatusQueryTokenException;
import io.github.signaturereactive.job.JobCannotBeCancelledException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.xml.ErrorMessage;
import io.github.signaturereactive.xml.Messages;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one switch from an answer that is no success to an exception. */
final class Errors {

    private static final int EXCERPT = 200;

    private final Clock clock;
    private final boolean accessTokens;

    /**
     * Makes the switch.
     *
     * @param clock the local clock
     * @param accessTokens whether requests carry access tokens
     */
    Errors(Clock clock, boolean accessTokens) {
        this.clock = clock;
        this.accessTokens = accessTokens;
    }

    /**
     * The exception for an answer.
     *
     * @param request what was asked, as messages tell it
     * @param url what was asked, of which the answer may quote the query
     */
    SignatureException of(Operation operation, String request, URI url, Answer answer) {
        @Nullable
        ErrorMessage error = MediaTypes.XML.equals(answer.mediaType())
                ? Messages.readError(answer.body()).orElse(null)
                : null;
        var failure = error == null
                ? new Failure(request, answer.status(), null, excerpt(answer, url))
                : new Failure(request, answer.status(), error.code(), QueryValues.hiddenIn(error.message(), url));
        String code = error == null || error.code() == null ? "" : error.code();
        return switch (code) {
            case "BROKER_NOT_AUTHORIZED" -> new BrokerNotAuthorizedException(failure);
            case "INVALID_STATUS_QUERY_TOKEN" -> new InvalidStatusQueryTokenException(failure);
            case "SIGNING_CEREMONY_NOT_COMPLETED" -> new CantQueryStatusException(failure);
            default -> byStatus(operation, answer, failure, code);
        };
    }

    private SignatureException byStatus(Operation operation, Answer answer, Failure failure, String code) {
        if (answer.status() == 409 && operation == Operation.CANCEL) {
            return new JobCannotBeCancelledException(failure);
        }
        if (answer.status() == 429 && operation == Operation.POLL && !answer.isRateLimited()) {
            return new TooEagerPollingException(failure, answer.nextPermittedPollTime());
        }
        return new UnexpectedResponseException(failure, advice(answer, code));
    }

    private @Nullable String advice(Answer answer, String code) {
        if (answer.isRateLimited()) {
            return "The service's rate limiter has blocked the organization for 30 seconds: it allows 10 calls a second.";
        }
        if (answer.status() == 401 && accessTokens) {
            return "The service refused a second access token as well, a new one: are service URL and token endpoint of the same"
                    + " environment, and is the client registered for this service?";
        }
        return switch (code) {
            case "NOT_AUTHORIZED" -> "The organization of the certificate has no access to the API: ask Posten for it.";
            case "FEATURE_NOT_AVAILABLE" -> "The feature is not enabled for the organization: ask Posten for it.";
            case "ASICE_VALIDATION_FAILED" -> clockSkew(answer);
            default ->
                answer.status() >= 300 && answer.status() < 400
                        ? "Redirects are not followed, so that the certificate is offered to the configured service only: check the service URL."
                        : null;
        };
    }

    /** The signing time must be within five seconds of the service's clock, so the difference of clocks is worth telling. */
    private @Nullable String clockSkew(Answer answer) {
        if (answer.date() == null) {
            return null;
        }
        Duration skew = Duration.between(answer.date(), clock.instant());
        return skew.abs().compareTo(Duration.ofSeconds(3)) < 0
                ? null
                : "This machine's clock differs from the service's by " + skew.toSeconds()
                        + " s; signing times may differ by 5 s.";
    }

    /** The beginning of a body that is no error message of the service. */
    private static @Nullable String excerpt(Answer answer, URI url) {
        String text = QueryValues.hiddenIn(answer.beginning(EXCERPT).strip(), url);
        return text == null || text.isEmpty() ? null : text;
    }
}
