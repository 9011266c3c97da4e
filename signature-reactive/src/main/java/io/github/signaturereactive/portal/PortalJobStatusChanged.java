package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
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
 * A status change of a portal job, fetched from a queue. Element {@code portal-signature-job-status-change-response}.
 * The status is {@link PortalJobStatus#NO_CHANGES} if the polled queue was empty.
 *
 * <p>A status change must be confirmed after processing. Until then, the service redelivers it after 10 minutes.
 */
public final class PortalJobStatusChanged implements StatusChange, Confirmable, Cancellable, DocumentsDeletable {

    private static final long NONE = Long.MIN_VALUE;

    private final PortalJobStatus status;
    private final long signatureJobId;
    private final @Nullable String reference;
    private final List<PortalSignature> signatures;
    private final @Nullable ConfirmationReference confirmationReference;
    private final @Nullable CancellationUrl cancellationUrl;
    private final @Nullable DeleteDocumentsUrl deleteDocumentsUrl;
    private final @Nullable PAdESReference pAdESUrl;
    private final @Nullable Instant nextPermittedPollTime;

    private PortalJobStatusChanged(Builder builder) {
        this.status = builder.status;
        this.signatureJobId = builder.signatureJobId;
        this.reference = builder.reference;
        this.signatures = builder.signatures;
        this.confirmationReference = builder.confirmationReference;
        this.cancellationUrl = builder.cancellationUrl;
        this.deleteDocumentsUrl = builder.deleteDocumentsUrl;
        this.pAdESUrl = builder.pAdESUrl;
        this.nextPermittedPollTime = builder.nextPermittedPollTime;
    }

    /**
     * Returns the result of polling an empty queue.
     *
     * @param nextPermittedPollTime the time from which the service permits the next poll, or null
     * @return the result, with status {@link PortalJobStatus#NO_CHANGES}
     */
    public static PortalJobStatusChanged noChanges(@Nullable Instant nextPermittedPollTime) {
        return new Builder(PortalJobStatus.NO_CHANGES, NONE)
                .nextPermittedPollTime(nextPermittedPollTime)
                .build();
    }

    /**
     * Creates a builder of a status change, for example for tests of an application.
     *
     * @param signatureJobId the id of the job
     * @param status the status of the job
     * @return the builder
     */
    public static Builder builder(long signatureJobId, PortalJobStatus status) {
        return new Builder(status, signatureJobId);
    }

    /**
     * Returns whether the job has the given status. {@code is(NO_CHANGES)} is true if the polled queue was empty.
     *
     * @param status the status
     * @return whether the status is equal
     */
    public boolean is(PortalJobStatus status) {
        return this.status.equals(status);
    }

    /** {@return the status of the job, or {@link PortalJobStatus#NO_CHANGES}} */
    public PortalJobStatus status() {
        return status;
    }

    /**
     * {@return the id of the job, as in {@link PortalJobResponse#signatureJobId()}}
     *
     * @throws IllegalStateException if the status is {@link PortalJobStatus#NO_CHANGES}
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
    public List<PortalSignature> signatures() {
        return signatures;
    }

    /**
     * Finds the status of a signer by exact identifier. A signer with e-mail address and mobile number is found by both
     * together only.
     *
     * @param signer the identifier in the job
     * @return the status of the signer, or empty if there is no match
     */
    public Optional<PortalSignature> signatureOf(SignerIdentifier signer) {
        return signatures.stream()
                .filter(signature -> signature.signer().equals(signer))
                .findFirst();
    }

    /**
     * Finds the status of a signer by identifier, with addresses compared in {@linkplain SignerIdentifier#normalized()
     * normalized form}. An exact match has precedence.
     *
     * @param signer the identifier in the job
     * @return the status of the signer, or empty if there is no match, or if several signers match and none exactly
     */
    public Optional<PortalSignature> signatureOfNormalized(SignerIdentifier signer) {
        return signatureOf(signer).or(() -> {
            SignerIdentifier normalized = signer.normalized();
            List<PortalSignature> found = signatures.stream()
                    .filter(signature -> signature.signer().normalized().equals(normalized))
                    .toList();
            return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
        });
    }

    @Override
    public @Nullable ConfirmationReference confirmationReference() {
        return confirmationReference;
    }

    @Override
    public @Nullable CancellationUrl cancellationUrl() {
        return cancellationUrl;
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
     * Returns a key that is equal for deliveries of the same status change and different for others. It contains no
     * signer identifiers.
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
                cancellationUrl,
                deleteDocumentsUrl,
                pAdESUrl);
    }

    @Override
    public String toString() {
        return is(PortalJobStatus.NO_CHANGES) ? status.value() : "job " + signatureJobId + " " + status;
    }

    /** A builder of {@link PortalJobStatusChanged}. */
    public static final class Builder {

        private final PortalJobStatus status;
        private final long signatureJobId;
        private @Nullable String reference;
        private List<PortalSignature> signatures = List.of();
        private @Nullable ConfirmationReference confirmationReference;
        private @Nullable CancellationUrl cancellationUrl;
        private @Nullable DeleteDocumentsUrl deleteDocumentsUrl;
        private @Nullable PAdESReference pAdESUrl;
        private @Nullable Instant nextPermittedPollTime;

        private Builder(PortalJobStatus status, long signatureJobId) {
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
        public Builder signatures(List<PortalSignature> signatures) {
            this.signatures = List.copyOf(signatures);
            return this;
        }

        /**
         * Configures the URL for confirming the status change. Defaults to none.
         *
         * @param reference the URL, or null
         * @return this builder
         */
        public Builder confirmationReference(@Nullable ConfirmationReference reference) {
            this.confirmationReference = reference;
            return this;
        }

        /**
         * Configures the URL for cancelling the job. Defaults to none.
         *
         * @param url the URL, or null
         * @return this builder
         */
        public Builder cancellationUrl(@Nullable CancellationUrl url) {
            this.cancellationUrl = url;
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
         * Builds the status change.
         *
         * @return the status change
         */
        public PortalJobStatusChanged build() {
            return new PortalJobStatusChanged(this);
        }
    }
}
