package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A status change of either flow, with the data that is stored.
 *
 * @param job the id of the job in this application, from the reference; empty if the change has no reference and so
 *     belongs to another application
 * @param signatureJobId the id of the job at the service
 * @param key a key that is equal for two deliveries of the same change, and different for other changes of the job
 * @param status the status of the job after the change
 * @param signers the signers in the change
 * @param pAdESUrl the URL of the signed document, or null
 * @param confirmationUrl the URL for confirming the status of a direct job, or null; the poller confirms the changes
 *     of portal jobs
 */
record StatusChange(
        String job,
        long signatureJobId,
        String key,
        JobStatus status,
        List<Signer> signers,
        @Nullable URI pAdESUrl,
        @Nullable URI confirmationUrl) {

    /** Creates a change of a portal job. */
    static StatusChange of(PortalJobStatusChanged change) {
        List<Signer> signers = change.signatures().stream()
                .map(signature -> new Signer(
                        Signer.text(signature.signer()), signature.status().value()))
                .toList();
        String key = key(
                change.status().value(),
                change.signatures().stream()
                        .map(signature -> at(signature.status().value(), signature.since()))
                        .toList());
        return new StatusChange(
                orEmpty(change.reference()),
                change.signatureJobId(),
                key,
                status(change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY), change.is(PortalJobStatus.FAILED), signers),
                signers,
                url(change.pAdESUrl()),
                null);
    }

    /** Creates a change of a direct job. */
    static StatusChange of(DirectJobStatusResponse change) {
        List<Signer> signers = change.signatures().stream()
                .map(signature -> new Signer(
                        orEmpty(signature.signer()), signature.status().value()))
                .toList();
        String key = key(
                change.status().value(),
                change.signatures().stream()
                        .map(signature -> at(signature.status().value(), signature.since()))
                        .toList());
        return new StatusChange(
                orEmpty(change.reference()),
                change.signatureJobId(),
                key,
                status(change.is(DirectJobStatus.COMPLETED_SUCCESSFULLY), change.is(DirectJobStatus.FAILED), signers),
                signers,
                url(change.pAdESUrl()),
                url(change.confirmationReference()));
    }

    /** Returns the change in a few words. */
    String summary() {
        long signed = signers.stream()
                .filter(signer -> signer.status().equals(JobStatus.SIGNED.name()))
                .count();
        return switch (status) {
            case SIGNED -> signers.size() == 1 ? "Signed" : "All " + signers.size() + " have signed";
            case WAITING -> signed + " of " + signers.size() + " have signed";
            default -> status.label();
        };
    }

    private static JobStatus status(boolean completed, boolean failed, List<Signer> signers) {
        if (completed) {
            return JobStatus.SIGNED;
        }
        return failed ? JobStatus.ofFailed(signers.stream().map(Signer::status).toList()) : JobStatus.WAITING;
    }

    /** Returns the key. It contains no URLs, because they may differ when the change is delivered again. */
    private static String key(String status, List<String> signatures) {
        return signatures.stream().collect(Collectors.joining(",", status + ":", ""));
    }

    private static String at(String status, @Nullable OffsetDateTime since) {
        return since == null ? status : status + "@" + since.toInstant();
    }

    private static @Nullable URI url(@Nullable PAdESReference reference) {
        return reference == null ? null : reference.url();
    }

    private static @Nullable URI url(@Nullable ConfirmationReference reference) {
        return reference == null ? null : reference.url();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
