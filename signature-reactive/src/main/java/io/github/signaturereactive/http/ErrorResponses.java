package io.github.signaturereactive.http;

import io.github.signaturereactive.job.Failure;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.xml.ErrorMessage;
import io.github.signaturereactive.xml.Messages;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Maps error responses of the service to exceptions. */
final class ErrorResponses {

    private final Clock clock;
    private final boolean accessTokens;

    /**
     * Creates the mapping.
     *
     * @param clock the local clock
     * @param accessTokens whether access tokens authenticate the requests
     */
    ErrorResponses(Clock clock, boolean accessTokens) {
        this.clock = clock;
        this.accessTokens = accessTokens;
    }

    /** Returns the exception for a response. */
    SignatureException exception(ApiRequest request, ApiResponse response) {
        @Nullable
        ErrorMessage error = MediaTypes.mayBeXml(response.mediaType())
                ? Messages.readError(response.body()).orElse(null)
                : null;
        Failure failure = error == null
                ? request.failure(response.status())
                : request.failure(
                        response.status(), error.code(), QueryValues.hiddenIn(error.message(), request.uri()));
        String code = error == null || error.code() == null ? "" : error.code();
        Operation operation = request.call().operation();
        if (response.status() == 429 && operation == Operation.POLL && !response.isRateLimited()) {
            return new TooEagerPollingException(failure, response.nextPermittedPollTime());
        }
        @Nullable String advice = advice(operation, response, code);
        return new UnexpectedResponseException(failure, advice != null ? advice : describedBody(response, failure));
    }

    private @Nullable String advice(Operation operation, ApiResponse response, String code) {
        if (response.isRateLimited()) {
            return "The rate limiter of the service blocks the organization for 30 seconds. It permits 10 calls per second.";
        }
        if (response.status() == 401 && accessTokens) {
            return "The service also rejected a new access token. Check that service URL and token endpoint are of the same environment,"
                    + " and that the client is registered for this service.";
        }
        if (response.status() == 409 && operation == Operation.CANCEL) {
            return "The job is already completed, failed or cancelled. Its next status change contains the status.";
        }
        return switch (code) {
            case UnexpectedResponseException.BROKER_NOT_AUTHORIZED ->
                "The organization of the client certificate is not authorized to act as broker for this sender. Ask Posten to"
                        + " register it as a broker, or use the sender's own certificate.";
            case UnexpectedResponseException.INVALID_STATUS_QUERY_TOKEN ->
                "Use the status_query_token of the signer's last redirect to an exit URL, decoded but otherwise unchanged.";
            case UnexpectedResponseException.SIGNING_CEREMONY_NOT_COMPLETED ->
                "Request the status after the signer has been redirected to one of the exit URLs.";
            case "NOT_AUTHORIZED" ->
                "The organization of the certificate has no access to the API. Ask Posten for access.";
            case "FEATURE_NOT_AVAILABLE" -> "The feature is not enabled for the organization. Ask Posten to enable it.";
            case "ASICE_VALIDATION_FAILED" -> clockSkew(response);
            default ->
                response.status() >= 300 && response.status() < 400 && response.status() != 304
                        ? "Redirects are not followed, because the certificate is presented to the configured service only. Check the service URL."
                        : null;
        };
    }

    /**
     * Returns advice if the local clock differs from the service's by 3 s or more, otherwise null. The service accepts signing
     * times within 5 s of its clock.
     */
    private @Nullable String clockSkew(ApiResponse response) {
        if (response.date() == null) {
            return null;
        }
        Duration skew = Duration.between(response.date(), clock.instant());
        return skew.abs().compareTo(Duration.ofSeconds(3)) < 0
                ? null
                : "The clock of this machine differs from the clock of the service by " + skew.toSeconds()
                        + " s. The service accepts at most 5 s.";
    }

    /**
     * Describes a body that is not an error message of the service. The body is not quoted, because it may contain personal data.
     */
    private static @Nullable String describedBody(ApiResponse response, Failure failure) {
        if (failure.errorCode() != null || failure.errorMessage() != null || response.body().length == 0) {
            return null;
        }
        return "The body is not an error message of the service (" + MediaTypes.printable(response.mediaType()) + ", "
                + response.body().length + " bytes). A proxy or gateway may have sent it.";
    }
}
