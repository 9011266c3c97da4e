package io.github.signaturereactive.signingservice.control;

import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.pages.SigningUrls;
import io.github.signaturereactive.signingservice.protocol.Flow;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Simulates the signers and shows the jobs that the service has received. Each action takes effect immediately and
 * makes a change that the sender can poll. All methods throw {@link NoSuchElementException} for an unknown job. They
 * throw {@link IllegalStateException} if the job's state does not allow the action, such as signing twice or out of
 * turn.
 */
public final class Jobs {

    private final JobStore store;
    private final SigningUrls signing;
    private final Clock clock;

    /** Creates the control of the jobs in the store. */
    public Jobs(JobStore store, SigningUrls signing, Clock clock) {
        this.store = store;
        this.signing = signing;
        this.clock = clock;
    }

    /** Returns all jobs that were created, the oldest first. */
    public List<JobSnapshot> all() {
        return store.snapshots();
    }

    /** Returns the current state of a job. */
    public JobSnapshot get(long jobId) {
        return store.snapshot(jobId);
    }

    /** Returns the job that was created last. */
    public JobSnapshot latest() {
        List<JobSnapshot> all = all();
        if (all.isEmpty()) {
            throw new NoSuchElementException("No signature job has been created");
        }
        return all.get(all.size() - 1);
    }

    /** Signs as this signer. Fails before the job is active, and while a signer with a lower order has not signed. */
    public void sign(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.SIGNED);
    }

    /** Signs as the signer at this index in the manifest; the first is 0. */
    public void sign(long jobId, int index) {
        sign(jobId, SignerSelector.at(index));
    }

    /** Signs as all waiting signers, in their order. Each signature is a separate transition. */
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

    /** Rejects the job as this signer, which ends the job. */
    public void reject(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.REJECTED);
    }

    /** Rejects the job as the signer at this index in the manifest; the first is 0. */
    public void reject(long jobId, int index) {
        reject(jobId, SignerSelector.at(index));
    }

    /** Simulates an error while this direct signer signs, which ends the job. */
    public void fail(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.FAILED);
    }

    /**
     * Simulates the whole signing session of a direct signer, who gets {@code status} and returns to the sender. Returns the
     * exit URL of the browser, with its {@code status_query_token}. The other methods change the status, but the signer
     * does not return.
     */
    public URI completeSession(long jobId, SignerSelector signer, SignerStatus status) {
        return store.controlled(jobId, job -> {
            if (job.queue().flow() == Flow.PORTAL) {
                throw new IllegalStateException("Job " + jobId + " is a portal job: nobody goes back");
            }
            settle(jobId, signer, status);
            return job.leave(job.signer(signer));
        });
    }

    /**
     * Returns a URL that opens this signer's signing page in a browser, once. Portal signers can open the page only
     * with this URL.
     */
    public URI signingUrl(long jobId, SignerSelector signer) {
        return store.controlled(jobId, job -> signing.redirectUrl(store.newRedirectKey(job.signer(signer))));
    }

    /** Simulates too many wrong security codes, which ends the job. */
    public void block(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.BLOCKED);
    }

    /** Simulates that the signer is reserved against digital communication, which ends the job. */
    public void reserve(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.RESERVED);
    }

    /** Simulates that the signer's contact information is missing, which ends the job. */
    public void markContactInformationMissing(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.CONTACT_INFORMATION_MISSING);
    }

    /** Simulates that the signer's name is not available, which ends the job. */
    public void markNameNotAvailable(long jobId, SignerSelector signer) {
        settle(jobId, signer, SignerStatus.SIGNERS_NAME_NOT_AVAILABLE);
    }

    /** Sets the status of a waiting signer. A status other than {@link SignerStatus#SIGNED} ends the job. */
    public void settle(long jobId, SignerSelector signer, SignerStatus status) {
        if (status == SignerStatus.WAITING) {
            throw new IllegalArgumentException("A signer waits until something else becomes of them");
        }
        store.control(jobId, job -> job.settle(signer, status, clock.instant()));
    }

    /** Expires the job now, whatever the clock says. A job also expires when the clock passes its deadline. */
    public void expire(long jobId) {
        store.control(jobId, job -> job.expire(clock.instant()));
    }
}
