package io.github.signaturereactive.samples.webflux;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is stored here.
 *
 * @param id our own name for it, which nobody can guess; the service knows it as the job's reference
 * @param flow how it gets to its signers
 * @param title what it is about
 * @param status what has become of it
 * @param problem why it was not sent, or null
 * @param created when it was stored
 * @param service what the service has called things
 * @param saved the signed document, or null if it has not been saved
 * @param documents the documents' titles
 * @param signers the signers
 * @param history the changes that have been applied, the oldest first
 */
record SignatureJob(
        String id,
        Flow flow,
        String title,
        JobStatus status,
        @Nullable String problem,
        OffsetDateTime created,
        Service service,
        @Nullable Saved saved,
        List<String> documents,
        List<Signer> signers,
        List<Applied> history) {

    /**
     * What the service has called things.
     *
     * @param jobId the job
     * @param statusUrl where the status of a direct job is asked for
     * @param signerUrl where a new redirect URL of the signer of a direct job is asked for
     * @param pAdESUrl the signed document
     * @param confirmationUrl where the last status of a direct job is confirmed; null once it has been
     */
    record Service(
            @Nullable Long jobId,
            @Nullable URI statusUrl,
            @Nullable URI signerUrl,
            @Nullable URI pAdESUrl,
            @Nullable URI confirmationUrl) {

        /** What is known before the service has answered. */
        static final Service UNKNOWN = new Service(null, null, null, null, null);

        /** What is known when the service has created the job. */
        static Service created(long jobId, @Nullable URI statusUrl, @Nullable URI signerUrl) {
            return new Service(jobId, statusUrl, signerUrl, null, null);
        }
    }

    /**
     * The signed document as it was saved.
     *
     * @param file the name of the file in the directory of signed documents
     * @param name the name of the file that a browser downloads
     */
    record Saved(String file, String name) {}

    /**
     * A change that has been applied.
     *
     * @param status what the job became
     * @param summary what happened, in a few words
     * @param time when it was applied
     */
    record Applied(JobStatus status, String summary, OffsetDateTime time) {}

    /**
     * A line in the list of jobs.
     *
     * @param id the job
     * @param flow how it gets to its signers
     * @param title what it is about
     * @param status what has become of it
     * @param created when it was stored
     */
    record Overview(String id, Flow flow, String title, JobStatus status, OffsetDateTime created) {}

    /** How far it has come, in one sentence. */
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

    /** Whether the signer of a direct job can be sent to the service. */
    public boolean canBeSignedHere() {
        return flow == Flow.DIRECT && status == JobStatus.WAITING && service.signerUrl() != null;
    }

    /** Whether there is a document with all signatures. */
    public boolean canBeDownloaded() {
        return status == JobStatus.SIGNED && saved != null;
    }

    /** Whether the service has the signed document and this application has not saved it. */
    public boolean isToBeSaved() {
        return status == JobStatus.SIGNED && saved == null && service.pAdESUrl() != null;
    }

    /** Whether nothing will change any more. */
    public boolean isFinal() {
        return status.isFinal() && !isToBeSaved();
    }

    private long signed() {
        return signers.stream()
                .filter(signer -> signer.status().equals(JobStatus.SIGNED.name()))
                .count();
    }
}
