package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.job.CertificateRejectedException;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.job.UntrustedServerException;
import java.util.NoSuchElementException;
import org.springframework.core.codec.DecodingException;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * An error as shown on a page.
 *
 * @param status the HTTP status of the page
 * @param title the error in a few words
 * @param text an explanation, and what the user can do
 */
record Problem(int status, String title, String text) {

    /**
     * Returns the text for an error. Messages of the library contain the request, the response and advice, and no
     * personal data.
     */
    static Problem of(Throwable error) {
        if (error instanceof ServiceUnreachableException unreachable) {
            return new Problem(
                    503,
                    "The signing service cannot be reached",
                    unreachable.mayHaveBeenReceived()
                            ? "No response was received. Check whether the job has a status before you send the documents again."
                            : "Nothing was sent. Try again later.");
        }
        if (error instanceof UnexpectedResponseException refused
                && (UnexpectedResponseException.INVALID_STATUS_QUERY_TOKEN.equals(refused.errorCode())
                        || UnexpectedResponseException.SIGNING_CEREMONY_NOT_COMPLETED.equals(refused.errorCode()))) {
            return new Problem(409, "The status cannot be shown", "Open the job's page and sign from there.");
        }
        if (error instanceof UntrustedServerException || error instanceof CertificateRejectedException) {
            return new Problem(502, "The signing service and this application do not trust each other", message(error));
        }
        if (error instanceof UnexpectedResponseException refused) {
            String said = refused.errorMessage();
            return new Problem(
                    502,
                    "The signing service refused the request",
                    said == null || said.isBlank()
                            ? "The response has status " + refused.httpStatus() + " and no explanation."
                            : "Its message: " + said);
        }
        if (error instanceof SignatureException) {
            return new Problem(502, "The call to the signing service failed", message(error));
        }
        if (error instanceof DecodingException) {
            return new Problem(400, "The form cannot be read", "The format is not that of this application's pages.");
        }
        if (error instanceof NoSuchElementException) {
            return notFound();
        }
        if (error instanceof ResponseStatusException answer) {
            HttpStatus status = HttpStatus.resolve(answer.getStatusCode().value());
            return status == HttpStatus.NOT_FOUND || status == null
                    ? notFound()
                    : new Problem(status.value(), status.getReasonPhrase(), "This application cannot do that.");
        }
        return new Problem(500, "Something went wrong", "The error has been logged.");
    }

    private static Problem notFound() {
        return new Problem(404, "Page not found", "This page does not exist or has been removed.");
    }

    private static String message(Throwable error) {
        return String.valueOf(error.getMessage());
    }
}
