package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
import org.jspecify.annotations.Nullable;

/**
 * The service's response to the creation of a portal job. Element {@code portal-signature-job-response}.
 *
 * @param signatureJobId the id that the service assigned to the job, also in its status changes
 * @param reference the sender's reference, or null if the job has none
 * @param cancellationUrl the URL for cancelling the job, or null if the response has none
 */
public record PortalJobResponse(
        long signatureJobId,
        @Nullable String reference,
        @Nullable CancellationUrl cancellationUrl) implements Cancellable {}
