package io.github.signaturereactive.direct;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer to a created direct job.
 *
 * @param signatureJobId the service's number for the job; its status carries it
 * @param reference your own reference, or null if the job had none
 * @param statusUrl where the job's status is, for {@link StatusReference}; null if it is to be polled. May be stored
 * @param signers the signers, and where they are to be sent
 */
public record DirectJobResponse(
        long signatureJobId,
        @Nullable String reference,
        @Nullable URI statusUrl,
        List<DirectSignerResponse> signers) {

    /** Copies the list. */
    public DirectJobResponse {
        signers = List.copyOf(signers);
    }

    /**
     * The signer of a job that has one.
     *
     * @throws IllegalStateException if there are several, or none
     */
    public DirectSignerResponse singleSigner() {
        if (signers.size() != 1) {
            throw new IllegalStateException("Job " + signatureJobId + " has " + signers.size()
                    + " signers, not one; look for each with signerIdentifiedBy(..)");
        }
        return signers.get(0);
    }

    /**
     * The signer whom the job identified by this; empty if the answer mentions none. The signer of a job that has one may
     * come without an identifier, and is then the one.
     *
     * @param identifier the personal identification number or your own identifier, as the job had it
     */
    public Optional<DirectSignerResponse> signerIdentifiedBy(String identifier) {
        return signers.stream()
                .filter(signer ->
                        signer.hasIdentifier(identifier) || (signers.size() == 1 && signer.identifier() == null))
                .findFirst();
    }

    /** Tells neither who the signers are nor where they are to be sent. */
    @Override
    public String toString() {
        return "job " + signatureJobId + ", " + signers.size() + " signer(s)";
    }
}
