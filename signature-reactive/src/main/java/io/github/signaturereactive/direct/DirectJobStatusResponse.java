package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.StatusChange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a direct job, requested with a status query token or fetched from a queue. Element {@code
 * direct-signature-job-status-response}. The status is {@link DirectJobStatus#NO_CHANGES} if the polled queue was
 * empty.
 *
 * <p>A status must be confirmed after processing. Until then, the service redelivers a status from a queue after 10
 * minutes.
 */
public final class DirectJobStatusResponse implements StatusChange, Confirmable, DocumentsDeletable {

    private static final long NONE = Long.MIN_VALUE;

    private final DirectJobStatus status;
    private final long signatureJobId;
    private final @Nullable String reference;
    private final List<DirectSignature> signatures;
    private final @Nullable ConfirmationReference confirmationReference;
    private final @Nullable DeleteDocumentsUrl deleteDocumentsUrl;
    private final @Nullable PAdESReference pAdESUrl;
    private final @Nullable Instant nextPermittedPollTime;

    private DirectJobStatusResponse(Builder builder) {
        this.status = builder.status;
        this.signatureJobId = builder.signatureJobId;
        this.reference = builder.reference;
        this.signatures = builder.signatures;
        this.confirmationReference = builder.confirmationReference;
        this.deleteDocumentsUrl = builder.deleteDocumentsUrl;
        this.pAdESUrl = builder.pAdESUrl;
        this.nextPermittedPollTime = builder.nextPermittedPollTime;
    }

    /**
     * Returns the result of polling an empty queue.
     *
     * @param nextPermittedPollTime the time from which the service permits the next poll, or null
     * @return the result, with status {@link DirectJobStatus#NO_CHANGES}
     */
    public static DirectJobStatusResponse noChanges(@Nullable Instant nextPermittedPollTime) {
        return new Builder(DirectJobStatus.NO_CHANGES, NONE)
                .nextPermittedPollTime(nextPermittedPollTime)
                .build();
    }

    /**
     * Creates a builder of a status, for example for tests of an application.
     *
     * @param signatureJobId the id of the job
     * @param status the status of the job
     * @return the builder
     */
    public static Builder builder(long signatureJobId, DirectJobStatus status) {
        return new Builder(status, signatureJobId);
    }

    /**
     * Returns whether the job has the given status. {@code is(NO_CHANGES)} is true if the polled queue was empty.
     *
     * @param status the status
     * @return whether the status is equal
     */
    public boolean is(DirectJobStatus status) {
        return this.status.equals(status);
    }

    /** {@return the status of the job, or {@link DirectJobStatus#NO_CHANGES}} */
    public DirectJobStatus status() {
        return status;
    }

    /**
     * {@return the id of the job, as in {@link DirectJobResponse#signatureJobId()}}
     *
     * @throws IllegalStateException if the status is {@link DirectJobStatus#NO_CHANGES}
     */
    @Override
    public long signatureJobId() {
        if (signatureJobId == NONE) {
            throw new IllegalStateException(
                    "There is no signatureJobId, because the polled queue was empty; check is(NO_CHANGES) first");
        }
        return signatureJobId;
    }

    /** {@return the sender's reference, or null if the job has none} */
    public @Nullable String reference() {
        return reference;
    }

    /** {@return the status of each signer} */
    public List<DirectSignature> signatures() {
        return signatures;
    }

    /**
     * Finds the status of a signer by identifier. If the response has one signer and no identifier for it, that signer
     * is found.
     *
     * @param signer the personal identification number or custom identifier in the job
     * @return the status of the signer, or empty if there is no match
     */
    public Optional<DirectSignature> signatureOf(String signer) {
        return signatures.stream()
                .filter(signature -> signature.isFrom(signer) || (signatures.size() == 1 && signature.signer() == null))
                .findFirst();
    }

    @Override
    public @Nullable ConfirmationReference confirmationReference() {
        return confirmationReference;
    }

    @Override
    public @Nullable DeleteDocumentsUrl deleteDocumentsUrl() {
        return deleteDocumentsUrl;
    }

    /**
     * {@return whether a signed document can be downloaded} While the job is in progress, the document contains only
     * the signatures made so far.
     */
    public boolean isPAdESAvailable() {
        return pAdESUrl != null;
    }

    /** {@return the URL of the signed document, or null if it is not available} */
    public @Nullable PAdESReference pAdESUrl() {
        return pAdESUrl;
    }

    /**
     * {@return the time from which the service permits the next poll of the queue, by the service's clock, or null if
     * the response does not contain it} Header {@code X-Next-permitted-poll-time}.
     */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }

    /**
     * Returns a key that is equal for deliveries of the same status and different for others. It contains no signer
     * identifiers.
     *
     * @return the key, for {@code equals} and {@code hashCode} only
     */
    @Override
    public Object identity() {
        return Arrays.asList(
                signatureJobId,
                status,
                signatures.stream()
                        .map(signature -> Arrays.asList(signature.status(), signature.since(), signature.xAdESUrl()))
                        .toList(),
                confirmationReference,
                deleteDocumentsUrl,
                pAdESUrl);
    }

    @Override
    public String toString() {
        return is(DirectJobStatus.NO_CHANGES) ? status.value() : "job " + signatureJobId + " " + status;
    }

    /** A builder of {@link DirectJobStatusResponse}. */
    public static final class Builder {

        private final DirectJobStatus status;
        private final long signatureJobId;
        private @Nullable String reference;
        private List<DirectSignature> signatures = List.of();
        private @Nullable ConfirmationReference confirmationReference;
        private @Nullable DeleteDocumentsUrl deleteDocumentsUrl;
        private @Nullable PAdESReference pAdESUrl;
        private @Nullable Instant nextPermittedPollTime;

        private Builder(DirectJobStatus status, long signatureJobId) {
            this.status = Objects.requireNonNull(status, "status");
            this.signatureJobId = signatureJobId;
        }

        /**
         * Configures the sender's reference. Defaults to none.
         *
         * @param reference the reference, or null
         * @return this builder
         */
        public Builder reference(@Nullable String reference) {
            this.reference = reference;
            return this;
        }

        /**
         * Configures the status of each signer. Defaults to an empty list.
         *
         * @param signatures the status of each signer
         * @return this builder
         */
        public Builder signatures(List<DirectSignature> signatures) {
            this.signatures = List.copyOf(signatures);
            return this;
        }

        /**
         * Configures the URL for confirming the status. Defaults to none.
         *
         * @param reference the URL, or null
         * @return this builder
         */
        public Builder confirmationReference(@Nullable ConfirmationReference reference) {
            this.confirmationReference = reference;
            return this;
        }

        /**
         * Configures the URL for deleting the documents. Defaults to none.
         *
         * @param url the URL, or null
         * @return this builder
         */
        public Builder deleteDocumentsUrl(@Nullable DeleteDocumentsUrl url) {
            this.deleteDocumentsUrl = url;
            return this;
        }

        /**
         * Configures the URL of the signed document. Defaults to none.
         *
         * @param url the URL, or null
         * @return this builder
         */
        public Builder pAdESUrl(@Nullable PAdESReference url) {
            this.pAdESUrl = url;
            return this;
        }

        /**
         * Configures the time from which the service permits the next poll of the queue. Defaults to none.
         *
         * @param time the time, by the service's clock, or null
         * @return this builder
         */
        public Builder nextPermittedPollTime(@Nullable Instant time) {
            this.nextPermittedPollTime = time;
            return this;
        }

        /**
         * Builds the status.
         *
         * @return the status
         */
        public DirectJobStatusResponse build() {
            return new DirectJobStatusResponse(this);
        }
    }
}
