package io.github.signaturereactive.portal;

import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
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
 * A status change of a portal job, fetched from a queue; or, with status {@link PortalJobStatus#NO_CHANGES}, the news
 * that the queue is empty. A change must be confirmed once it has been dealt with, or the service offers it again.
 */
public final class PortalJobStatusChanged implements Confirmable, Cancellable, DocumentsDeletable {

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

    /** The answer to a poll of an empty queue. */
    public static PortalJobStatusChanged noChanges() {
        return new Builder(PortalJobStatus.NO_CHANGES, NONE).build();
    }

    /** Starts a status change, as your own tests may need one. */
    public static Builder builder(long signatureJobId, PortalJobStatus status) {
        return new Builder(status, signatureJobId);
    }

    /** Whether the job stands so; {@code is(NO_CHANGES)} tells that the queue is empty. */
    public boolean is(PortalJobStatus status) {
        return this.status.equals(status);
    }

    /** How the job stands. */
    public PortalJobStatus status() {
        return status;
    }

    /**
     * The service's number for the job, as in {@link PortalJobResponse#signatureJobId()}.
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
    public List<PortalSignature> signatures() {
        return signatures;
    }

    /**
     * How the signer with exactly this identifier stands; empty if the change does not mention it. Whoever is known by e-mail
     * address and mobile number is not found by one of them.
     */
    public Optional<PortalSignature> signatureOf(SignerIdentifier signer) {
        return signatures.stream()
                .filter(signature -> signature.signer().equals(signer))
                .findFirst();
    }

    /**
     * How the signer with this identifier stands, however it is written: {@code Kari@example.com} is {@code kari@example.com},
     * and {@code +47 99887766} is {@code 99887766}. Empty if the change does not mention it, or mentions several that differ in
     * nothing else and none that is exactly this.
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
                cancellationUrl,
                deleteDocumentsUrl,
                pAdESUrl);
    }

    /** The same change with the time of the next poll, which travels beside the message. */
    public PortalJobStatusChanged withNextPermittedPollTime(@Nullable Instant time) {
        var builder = new Builder(status, signatureJobId)
                .reference(reference)
                .signatures(signatures)
                .confirmationReference(confirmationReference)
                .cancellationUrl(cancellationUrl)
                .deleteDocumentsUrl(deleteDocumentsUrl)
                .pAdESUrl(pAdESUrl);
        builder.nextPermittedPollTime = time;
        return builder.build();
    }

    @Override
    public String toString() {
        return is(PortalJobStatus.NO_CHANGES) ? status.value() : "job " + signatureJobId + " " + status;
    }

    /** Builds a status change. */
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

        /** Configure the sender's reference. Defaults to none. */
        public Builder reference(@Nullable String reference) {
            this.reference = reference;
            return this;
        }

        /** Configure how the signers stand. Defaults to no signers. */
        public Builder signatures(List<PortalSignature> signatures) {
            this.signatures = List.copyOf(signatures);
            return this;
        }

        /** Configure where the change is confirmed. Defaults to nowhere. */
        public Builder confirmationReference(@Nullable ConfirmationReference reference) {
            this.confirmationReference = reference;
            return this;
        }

        /** Configure where the job is cancelled. Defaults to nowhere. */
        public Builder cancellationUrl(@Nullable CancellationUrl url) {
            this.cancellationUrl = url;
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

        /** The status change. */
        public PortalJobStatusChanged build() {
            return new PortalJobStatusChanged(this);
        }
    }
}
