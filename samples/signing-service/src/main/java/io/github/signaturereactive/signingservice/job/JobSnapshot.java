package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.Flow;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An immutable snapshot of a job.
 *
 * @param id the {@code signature-job-id}
 * @param flow the flow of the job
 * @param organizationNumber the sender
 * @param pollingQueue the queue its changes are polled from; empty for the default queue
 * @param reference the sender's own reference
 * @param created when the create request was accepted, by the service's clock
 * @param status the status of the job
 * @param signers the signers in the manifest's order
 * @param deliveries how many times a change of this job was returned to a poll
 * @param confirmations how many confirmations were received for this job, repeated ones included
 * @param confirmed whether the newest change has been confirmed; false if there is no change yet
 * @param cancelled whether the sender cancelled the job
 * @param documentsDeleted whether the sender deleted the documents
 * @param archiveId the archive's id of the signed documents, if the service has long-term storage and all have signed
 * @param received the content of the create request
 */
public record JobSnapshot(
        long id,
        Flow flow,
        String organizationNumber,
        String pollingQueue,
        Optional<String> reference,
        Instant created,
        JobStatus status,
        List<SignerSnapshot> signers,
        int deliveries,
        int confirmations,
        boolean confirmed,
        boolean cancelled,
        boolean documentsDeleted,
        Optional<String> archiveId,
        ReceivedBundle received) {}
