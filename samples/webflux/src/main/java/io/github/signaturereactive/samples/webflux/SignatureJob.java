package io.github.signaturereactive.samples.webflux;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as stored in the database.
 *
 * @param id a random id of this application, sent to the service as the reference of the job
 * @param flow the flow
 * @param title the title
 * @param status the status
 * @param problem the reason why it was not sent, or null
 * @param created the time at which it was stored
 * @param service the ids and URLs from the service
 * @param saved the signed document, or null if it has not been saved
 * @param documents the titles of the documents
 * @param signers the signers
 * @param history the applied changes, the oldest first
 */
record SignatureJob(
        String id,
        Flow flow,
        String title,
        JobStatus status,
        @Nullable String problem,
        OffsetDateTime created,
        Service service,
        @Nullable SavedDocument saved,
        List<String> documents,
        List<Signer> signers,
        List<AppliedChange> history) {

    /**
     * The ids and URLs from the service.
     *
     * @param jobId the id of the job
     * @param statusUrl the URL of the status of a direct job
     * @param signerUrl the URL for requesting a new redirect URL of the signer of a direct job
     * @param pAdESUrl the URL of the signed document
     * @param confirmationUrl the URL for confirming the last status of a direct job; null after the confirmation
     */
    record Service(
            @Nullable Long jobId,
            @Nullable URI statusUrl,
            @Nullable URI signerUrl,
            @Nullable URI pAdESUrl,
            @Nullable URI confirmationUrl) {

        /** The values before the response of the service. */
        static final Service UNKNOWN = new Service(null, null, null, null, null);

        /** Returns the values from the response to the creation of the job. */
        static Service created(long jobId, @Nullable URI statusUrl, @Nullable URI signerUrl) {
            return new Service(jobId, statusUrl, signerUrl, null, null);
        }
    }

    /**
     * A saved signed document.
     *
     * @param file the name of the file in the directory of signed documents
     * @param name the name of the file for downloads
     */
    record SavedDocument(String file, String name) {}

    /**
     * A change that has been applied.
     *
     * @param status the status of the job after the change
     * @param summary the change in a few words
     * @param time the time at which it was applied
     */
    record AppliedChange(JobStatus status, String summary, OffsetDateTime time) {}

    /**
     * A job in the list of jobs.
     *
     * @param id the id of the job
     * @param flow the flow
     * @param title the title
     * @param status the status
     * @param created the time at which it was stored
     */
    record Overview(String id, Flow flow, String title, JobStatus status, OffsetDateTime created) {}

    /** Returns the status in one sentence. */
    public String headline() {
        return switch (status) {
            case SENDING -> "The documents are being sent to the signing service.";
            case NOT_SENT -> "The signing service has not confirmed that it received this job.";
            case WAITING ->
                flow == Flow.DIRECT
                        ? "Read and sign the documents in the signing service."
                        : signed() + " of " + signers.size() + " have signed.";
            case SIGNED ->
                isToBeSaved()
                        ? "Everyone has signed. The signed document is being fetched."
                        : "Everyone has signed. The signed document is ready.";
            case REJECTED -> "A signer rejected the job.";
            case EXPIRED -> "The deadline passed before everyone had signed.";
            case CANCELLED -> "The job was cancelled before everyone had signed.";
            case FAILED -> "The job ended before everyone had signed.";
        };
    }

    /** Returns whether the signer of a direct job can be redirected to the service. */
    public boolean canBeSignedHere() {
        return flow == Flow.DIRECT && status == JobStatus.WAITING && service.signerUrl() != null;
    }

    /** Returns whether the signed document can be downloaded. */
    public boolean canBeDownloaded() {
        return status == JobStatus.SIGNED && saved != null;
    }

    /** Returns whether the signed document is available from the service but has not been saved. */
    public boolean isToBeSaved() {
        return status == JobStatus.SIGNED && saved == null && service.pAdESUrl() != null;
    }

    /** Returns whether the job will not change. */
    public boolean isFinal() {
        return status.isFinal() && !isToBeSaved();
    }

    private long signed() {
        return signers.stream()
                .filter(signer -> signer.status().equals(JobStatus.SIGNED.name()))
                .count();
    }
}
