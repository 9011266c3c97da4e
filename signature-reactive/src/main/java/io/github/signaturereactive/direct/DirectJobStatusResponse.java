package io.github.signaturereactive.direct;

import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.PAdESReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a direct job stands, asked for with a token or fetched from a queue; or, with status {@link DirectJobStatus#NO_CHANGES},
 * the news that the queue is empty. It must be confirmed once it has been dealt with; what came from a queue is offered again
 * until then.
 */
public final class DirectJobStatusResponse implements Confirmable, DocumentsDeletable {

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

    /** The answer to a poll of an empty queue. */
    public static DirectJobStatusResponse noChanges() {
        return new Builder(DirectJobStatus.NO_CHANGES, NONE).build();
    }

    /** Starts a status, as your own tests may need one. */
    public static Builder builder(long signatureJobId, DirectJobStatus status) {
        return new Builder(status, signatureJobId);
    }

    /** Whether the job stands so; {@code is(NO_CHANGES)} tells that the queue is empty. */
    public boolean is(DirectJobStatus status) {
        return this.status.equals(status);
    }

    /** How the job stands. */
    public DirectJobStatus status() {
        return status;
    }

    /**
     * The service's number for the job, as in {@link DirectJobResponse#signatureJobId()}.
     *
     * @throws IllegalStateException if there is no job, because nothing has changed
     */
    public long signatureJobId() {
        if (signatureJobId == NONE) {
            throw new IllegalStateException("There is no job: the queue is empty. Check is(NO_CHANGES) first");
        }
        return signatureJobId;
    }

    /** Your own reference, or null if the job has none. */
    public @Nullable String reference() {
        return reference;
    }

    /** How each signer stands. */
    public List<DirectSignature> signatures() {
        return signatures;
    }

    /**
     * How the signer stands whom the job identified by this; empty if the service mentions none. The signer of a job that has
     * one may come without an identifier, and is then the one.
     *
     * @param signer the personal identification number or your own identifier, as the job had it
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

    /** Whether there is a signed document; while the job is in progress, it holds the signatures made so far. */
    public boolean isPAdESAvailable() {
        return pAdESUrl != null;
    }

    /** The signed document, or null if there is none (yet). */
    public @Nullable PAdESReference pAdESUrl() {
        return pAdESUrl;
    }

    /** When the service permits the next poll of this queue, by its own clock; null if it did not say. */
    public @Nullable Instant nextPermittedPollTime() {
        return nextPermittedPollTime;
    }

    /** What is equal for the same change delivered twice, and different for any other; without who the signers are. */
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

    /** The same status with the time of the next poll, which travels beside the message. */
    public DirectJobStatusResponse withNextPermittedPollTime(@Nullable Instant time) {
        var builder = new Builder(status, signatureJobId)
                .reference(reference)
                .signatures(signatures)
                .confirmationReference(confirmationReference)
                .deleteDocumentsUrl(deleteDocumentsUrl)
                .pAdESUrl(pAdESUrl);
        builder.nextPermittedPollTime = time;
        return builder.build();
    }

    @Override
    public String toString() {
        return is(DirectJobStatus.NO_CHANGES) ? status.value() : "job " + signatureJobId + " " + status;
    }

    /** Builds a status. */
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

        /** Configure the sender's reference. Defaults to none. */
        public Builder reference(@Nullable String reference) {
            this.reference = reference;
            return this;
        }

        /** Configure how the signers stand. Defaults to no signers. */
        public Builder signatures(List<DirectSignature> signatures) {
            this.signatures = List.copyOf(signatures);
            return this;
        }

        /** Configure where the status is confirmed. Defaults to nowhere. */
        public Builder confirmationReference(@Nullable ConfirmationReference reference) {
            this.confirmationReference = reference;
            return this;
        }

        /** Configure where the documents are deleted. Defaults to nowhere. */
        public Builder deleteDocumentsUrl(@Nullable DeleteDocumentsUrl url) {
            this.deleteDocumentsUrl = url;
            return this;
        }

        /** Configure where the signed document is downloaded. Defaults to nowhere. */
        public Builder pAdESUrl(@Nullable PAdESReference url) {
            this.pAdESUrl = url;
            return this;
        }

        /** The status. */
        public DirectJobStatusResponse build() {
            return new DirectJobStatusResponse(this);
        }
    }
}
