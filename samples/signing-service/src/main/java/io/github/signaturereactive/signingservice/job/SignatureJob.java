package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.PollingQueue;
import io.github.signaturereactive.signingservice.signature.Manifest;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import io.github.signaturereactive.signingservice.signature.SignerSignature;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A job and its signers. Groups of signers sign one after the other. The job ends if one signer does not sign. Every
 * transition makes a new {@link #change()}. Guarded by {@link JobStore}.
 */
public final class SignatureJob {

    private static final Duration DEFAULT_AVAILABILITY = Duration.ofDays(30);

    private final long id;
    private final PollingQueue queue;
    private final JobRequest request;
    private final Manifest manifest;
    private final ReceivedBundle received;
    private final Instant created;
    private final List<Signer> signers;
    private final StatusChange change = new StatusChange();
    private final String archiveId = RandomKey.draw();

    private Instant groupActiveSince;
    private boolean cancelled;
    private boolean documentsDeleted;

    SignatureJob(
            long id, PollingQueue queue, JobRequest request, Manifest manifest, ReceivedBundle received, Instant now) {
        this.id = id;
        this.queue = queue;
        this.request = request;
        this.manifest = manifest;
        this.received = received;
        this.created = now;
        this.groupActiveSince = manifest.activation()
                .filter(activation -> activation.isAfter(now))
                .orElse(now);
        this.signers = IntStream.range(0, manifest.signers().size())
                .mapToObj(i -> new Signer(i, manifest.signers().get(i), now))
                .toList();
    }

    /** Returns the id of the job. */
    public long id() {
        return id;
    }

    /** Returns the queue of the job, with its sender and flow. */
    public PollingQueue queue() {
        return queue;
    }

    /** Returns the reference of the sender. */
    public Optional<String> reference() {
        return request.reference();
    }

    /** Returns whether the changes of the job are polled. */
    public boolean polled() {
        return request.polled();
    }

    /** Returns the manifest of the job. */
    public Manifest manifest() {
        return manifest;
    }

    /** Returns the bundle of the job. */
    public ReceivedBundle received() {
        return received;
    }

    /** Returns the signers in the order of the manifest. */
    public List<Signer> signers() {
        return signers;
    }

    /** Returns the status change for the queue of the job. */
    public StatusChange change() {
        return change;
    }

    /** Returns the status of the job. */
    public JobStatus status() {
        if (signers.stream().anyMatch(signer -> signer.status().failsTheJob())) {
            return JobStatus.FAILED;
        }
        return signers.stream().allMatch(signer -> signer.status() == SignerStatus.SIGNED)
                ? JobStatus.COMPLETED_SUCCESSFULLY
                : JobStatus.IN_PROGRESS;
    }

    /** Returns whether the job has no final status yet. */
    public boolean inProgress() {
        return status() == JobStatus.IN_PROGRESS;
    }

    /** Returns whether the sender has deleted the documents. */
    public boolean documentsDeleted() {
        return documentsDeleted;
    }

    /** Returns whether the final status has been confirmed. The documents of a finished job are no longer available. */
    boolean finished() {
        return !inProgress() && change.confirmed();
    }

    /** Returns the selected signer. */
    public Signer signer(SignerSelector selector) {
        return signers.stream()
                .filter(selector::selects)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Job " + id + " does not have " + selector));
    }

    /** Sets the status of a waiting signer, and the resulting statuses of the other signers. */
    public void settle(SignerSelector selector, SignerStatus status, Instant now) {
        if (!status.occursIn(queue.flow())) {
            throw new IllegalArgumentException("Nobody becomes " + status + " in the " + queue.flow() + " flow");
        }
        Signer signer = signer(selector);
        if (signer.status() != SignerStatus.WAITING) {
            throw new IllegalStateException("Job " + id + ": " + selector + " is " + signer.status() + ", not WAITING");
        }
        if (status.isActOfTheSigner() && !hasTurn(signer, now)) {
            throw new IllegalStateException("Job " + id + ": it is not yet the turn of " + selector);
        }
        OptionalInt groupBefore = activeGroup();
        signer.become(status, now);
        if (status.failsTheJob()) {
            settleWaiting(other -> true, SignerStatus.NOT_APPLICABLE, now);
        }
        if (!activeGroup().equals(groupBefore)) {
            groupActiveSince = now;
        }
        change.arise();
    }

    /** Completes the signing session of a direct signer that has acted. Returns the exit URL to go to. */
    public URI leave(Signer signer) {
        ExitUrls exitUrls = request.exitUrls()
                .orElseThrow(() -> new IllegalStateException("Job " + id + " is a portal job: nobody goes back"));
        return exitUrls.after(signer.status(), signer.session().complete());
    }

    /** Consumes the token of a returned signer. Refuses an unknown token. */
    public void useStatusQueryToken(String token) {
        if (polled()) {
            throw ApiException.notFound("The status of signature job " + id + " is to be polled");
        }
        if (signers.stream().noneMatch(signer -> signer.session().completed())) {
            throw new ApiException(
                    404, "SIGNING_CEREMONY_NOT_COMPLETED", "No signer of signature job " + id + " has come back yet");
        }
        if (signers.stream().noneMatch(signer -> signer.session().useToken(token))) {
            throw new ApiException(
                    403, "INVALID_STATUS_QUERY_TOKEN", "The status query token is wrong, or has been used");
        }
    }

    /** Returns whether the job is active and all signers of the groups before have signed. */
    public boolean hasTurn(Signer signer, Instant now) {
        return signer.status() == SignerStatus.WAITING
                && !now.isBefore(groupActiveSince)
                && activeGroup().equals(OptionalInt.of(signer.manifest().order()));
    }

    /**
     * Expires the job if the time of its active group has passed. The job ends at its deadline, not at the current
     * time.
     */
    void expireIfDue(Instant now) {
        Instant due = groupActiveSince.plus(manifest.available().orElse(DEFAULT_AVAILABILITY));
        if (inProgress() && !now.isBefore(due)) {
            expire(due);
        }
    }

    /** Expires the job, whose waiting signers then have a final status. */
    public void expire(Instant now) {
        if (!inProgress()) {
            throw new IllegalStateException("Job " + id + " is " + status());
        }
        OptionalInt active = activeGroup();
        settleWaiting(signer -> active.equals(OptionalInt.of(signer.manifest().order())), SignerStatus.EXPIRED, now);
        settleWaiting(signer -> true, SignerStatus.NOT_APPLICABLE, now);
        change.arise();
    }

    /** Cancels the job. Refuses the request if the job is not in progress. */
    public void cancel(Instant now) {
        if (!inProgress()) {
            throw new ApiException(
                    409,
                    "JOB_CANNOT_BE_CANCELLED",
                    "Signature job " + id + " is " + status() + " and cannot be cancelled");
        }
        cancelled = true;
        settleWaiting(signer -> true, SignerStatus.CANCELLED, now);
        change.arise();
    }

    void deleteDocuments() {
        documentsDeleted = true;
    }

    /** Returns when the last signer signed, or empty if not all have. */
    Optional<Instant> completed() {
        return ended().filter(end -> status() == JobStatus.COMPLETED_SUCCESSFULLY);
    }

    /** Returns when the job got its final status, or empty while it is in progress. */
    Optional<Instant> ended() {
        return inProgress()
                ? Optional.empty()
                : signers.stream().map(Signer::since).max(Comparator.naturalOrder());
    }

    /** Returns the archive's id of the signed documents, which is used only if they are stored. */
    String archiveId() {
        return archiveId;
    }

    /** Returns the signatures of the job in the order in which they were made. */
    public List<SignerSignature> signatures() {
        return signers.stream()
                .filter(signer -> signer.status() == SignerStatus.SIGNED)
                .sorted(Comparator.comparing(Signer::since).thenComparingInt(Signer::index))
                .map(signer -> new SignerSignature(
                        signer.index(), signer.name(manifest.identifierInSignedDocuments()), signer.since()))
                .toList();
    }

    /** Returns the current state of the job. */
    public JobSnapshot snapshot(boolean archived) {
        return new JobSnapshot(
                id,
                queue.flow(),
                queue.organizationNumber(),
                queue.name(),
                request.reference(),
                created,
                status(),
                signers.stream().map(Signer::snapshot).toList(),
                change.deliveries(),
                change.confirmations(),
                change.confirmed(),
                cancelled,
                documentsDeleted,
                Optional.of(archiveId).filter(id -> archived && completed().isPresent() && !documentsDeleted),
                received);
    }

    private OptionalInt activeGroup() {
        return signers.stream()
                .filter(signer -> signer.status() == SignerStatus.WAITING)
                .mapToInt(signer -> signer.manifest().order())
                .min();
    }

    private void settleWaiting(Predicate<Signer> which, SignerStatus status, Instant now) {
        signers.stream()
                .sorted(Comparator.comparingInt(Signer::index))
                .filter(signer -> signer.status() == SignerStatus.WAITING)
                .filter(which)
                .forEach(signer -> signer.become(status, now));
    }

    /** A signer and its status. */
    public static final class Signer {

        private final int index;
        private final Manifest.Signer manifest;
        private final SigningSession session = new SigningSession();
        private SignerStatus status = SignerStatus.WAITING;
        private Instant since;

        private Signer(int index, Manifest.Signer manifest, Instant since) {
            this.index = index;
            this.manifest = manifest;
            this.since = since;
        }

        /** Returns the index in the manifest; the first is 0. */
        public int index() {
            return index;
        }

        /** Returns the signer in the manifest. */
        public Manifest.Signer manifest() {
            return manifest;
        }

        SigningSession session() {
            return session;
        }

        /** Returns the status of the signer. */
        public SignerStatus status() {
            return status;
        }

        /** Returns when the signer got the status. */
        public Instant since() {
            return since;
        }

        private void become(SignerStatus newStatus, Instant now) {
            status = newStatus;
            since = now;
        }

        /** Returns the name or identifier that is shown in signed documents. */
        private String name(Optional<String> identifier) {
            String name = "Signer " + (index + 1);
            Optional<String> number = manifest.personalIdentificationNumber();
            return switch (identifier.orElse("PERSONAL_IDENTIFICATION_NUMBER_AND_NAME")) {
                case "NAME" -> name;
                case "DATE_OF_BIRTH_AND_NAME" ->
                    number.map(n -> name + ", born " + n.substring(0, 6)).orElse(name);
                default -> number.map(n -> name + ", " + n).orElse(name);
            };
        }

        private SignerSnapshot snapshot() {
            return new SignerSnapshot(
                    manifest.order(),
                    status,
                    since,
                    manifest.personalIdentificationNumber(),
                    manifest.signerIdentifier(),
                    manifest.email(),
                    manifest.mobileNumber());
        }
    }
}
