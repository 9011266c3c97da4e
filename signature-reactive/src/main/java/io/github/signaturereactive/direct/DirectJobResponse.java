package io.github.signaturereactive.direct;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's response to the creation of a direct job. Element {@code direct-signature-job-response}.
 *
 * @param signatureJobId the id that the service assigned to the job, also in its status changes
 * @param reference the sender's reference, or null if the job has none
 * @param statusUrl the URL of the job's status, for {@link StatusReference}; null for {@link
 *     StatusRetrievalMethod#POLLING}; it can be stored and used by another process
 * @param signers the signers with their redirect URLs
 */
public record DirectJobResponse(
        long signatureJobId,
        @Nullable String reference,
        @Nullable URI statusUrl,
        List<DirectSignerResponse> signers) {

    /**
     * Creates the response. Copies the list.
     *
     * @param signatureJobId the id that the service assigned to the job
     * @param reference the sender's reference, or null
     * @param statusUrl the URL of the job's status, or null
     * @param signers the signers with their redirect URLs
     */
    public DirectJobResponse {
        signers = List.copyOf(signers);
    }

    /**
     * {@return the signer of a job with one signer}
     *
     * @throws IllegalStateException if the response has several signers or none
     */
    public DirectSignerResponse singleSigner() {
        if (signers.size() != 1) {
            throw new IllegalStateException("Job " + signatureJobId + " has " + signers.size()
                    + " signers, but singleSigner() requires one; use signerIdentifiedBy(..)");
        }
        return signers.get(0);
    }

    /**
     * Finds a signer by identifier. If the response has one signer and no identifier for it, that signer is found.
     *
     * @param identifier the personal identification number or custom identifier in the job
     * @return the signer, or empty if there is no match
     */
    public Optional<DirectSignerResponse> signerIdentifiedBy(String identifier) {
        return signers.stream()
                .filter(signer ->
                        signer.hasIdentifier(identifier) || (signers.size() == 1 && signer.identifier() == null))
                .findFirst();
    }

    /** {@return the job id and the number of signers, without identifiers and redirect URLs} */
    @Override
    public String toString() {
        return "job " + signatureJobId + ", " + signers.size() + " signer(s)";
    }
}
