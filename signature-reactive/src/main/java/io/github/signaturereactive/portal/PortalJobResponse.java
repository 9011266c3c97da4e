package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer to a created portal job.
 *
 * @param signatureJobId the service's number for the job; status changes carry it
 * @param reference your own reference, or null if the job had none
 * @param cancellationUrl where the job can be cancelled, or null if the service did not say
 */
public record PortalJobResponse(
        long signatureJobId,
        @Nullable String reference,
        @Nullable CancellationUrl cancellationUrl) implements Cancellable {}
