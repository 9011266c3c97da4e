package io.github.signaturereactive.signingservice;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Plays the signers, and shows what the service has received. Each act takes effect at once and makes a change for the
 * sender to poll. All methods throw {@link NoSuchElementException} for an unknown job and {@link IllegalStateException}
 * for what cannot happen in the job's state, such as signing twice or before one's turn.
 */
public final class Jobs {

    private final JobStore store;
    private final SigningAddress signing;
    private final Clock clock;

    Jobs(JobStore store, SigningAddress signing, Clock clock) {
        this.store = store;
        this.signing = signing;
        this.clock = clock;
    }

    /** Every job that was created, the oldest first. */
    public List<JobSnapshot> all() {
        return store.snapshots();
    }

    /** One job as it is now. */
    public JobSnapshot get(long jobId) {
        return store.snapshot(jobId);
    }

    /** The job created last. */
    public JobSnapshot latest() {
        List<JobSnapshot> all = all();
        if (all.isEmpty()) {
            throw new NoSuchElementException("No signature job has been created");
        }
        return all.get(all.size() - 1);
    }

    /** The signer signs. Refused before the job is active, and while a lower group has yet to sign. */
    public void sign(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.SIGNED);
    }

    /** The signer at this place in the manifest, the first at 0, signs. */
    public void sign(long jobId, int index) {
        sign(jobId, SignerSelector.at(index));
    }

    /** Everybody who has yet to sign does, group by group; each signature is a transition of its own. */
    public void signAll(long jobId) {
        store.control(
                jobId,
                job -> job.signers().stream()
                        .filter(signer -> signer.status() == SignerStatus.WAITING)
                        .sorted(java.util.Comparator.comparingInt(
                                signer -> signer.manifest().order()))
                        .forEach(signer ->
                                job.settle(SignerSelector.at(signer.index()), SignerStatus.SIGNED, clock.instant())));
    }

    /** The signer refuses to sign, which ends the job. */
    public void reject(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.REJECTED);
    }

    /** The signer at this place in the manifest, the first at 0, refuses to sign. */
    public void reject(long jobId, int index) {
        reject(jobId, SignerSelector.at(index));
    }

    /** Something goes wrong for the direct signer while signing, which ends the job. */
    public void fail(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.FAILED);
    }

    /**
     * Plays a direct signer's whole ceremony: comes, becomes {@code status}, and goes back. Returns the exit URL the browser
     * would be sent to, with its {@code status_query_token}. The other methods change the status and leave the signer where
     * they are: not back yet.
     */
    public URI playCeremony(long jobId, SignerSelector signer, SignerStatus status) {
        return store.controlled(jobId, job -> {
            if (job.queue().flow() == Flow.PORTAL) {
                throw new IllegalStateException("Job " + jobId + " is a portal job: nobody goes back");
            }
            settle(jobId, signer, status);
            return job.leave(job.signer(signer));
        });
    }

    /** A URL that opens the signing page for this signer in a browser, once. Portal signers have no other way there. */
    public URI signingUrl(long jobId, SignerSelector signer) {
        return store.controlled(
                jobId, job -> signing.redirectUrl(job.signer(signer).ceremony().redirect()));
    }

    /** The signer entered the wrong security code too many times, which ends the job. */
    public void block(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.BLOCKED);
    }

    /** The signer turns out to be reserved against digital communication, which ends the job. */
    public void reserve(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.RESERVED);
    }

    /** No way to reach the signer is found, which ends the job. */
    public void markContactInformationMissing(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.CONTACT_INFORMATION_MISSING);
    }

    /** The signer's name cannot be found, which ends the job. */
    public void markNameNotAvailable(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.SIGNERS_NAME_NOT_AVAILABLE);
    }

    /** Gives a waiting signer any status; one other than {@link SignerStatus#SIGNED} ends the job. */
    public void settle(long jobId, SignerSelector signer, SignerStatus status) {
        if (status == SignerStatus.WAITING) {
            throw new IllegalArgumentException("A signer waits until something else becomes of them");
        }
        store.control(jobId, job -> job.settle(signer, status, clock.instant()));
    }

    /** The time to sign runs out now, whatever the clock says. It also does when the clock passes it. */
    public void expire(long jobId) {
        store.control(jobId, job -> job.expire(clock.instant()));
    }
}
