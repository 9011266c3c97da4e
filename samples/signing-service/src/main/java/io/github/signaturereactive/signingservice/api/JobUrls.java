package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.protocol.PollingQueue;
import java.net.URI;

/**
 * The URLs of one job's resources.
 *
 * @param root the API's root URL, as the client called it
 * @param queue the queue of the job, with its sender and flow
 */
record JobUrls(URI root, PollingQueue queue, long jobId) {

    static JobUrls of(SignatureJob job, URI root) {
        return new JobUrls(root, job.queue(), job.id());
    }

    String confirmation(int version) {
        return job() + "/confirmations/" + version;
    }

    String cancellation() {
        return job() + "/cancel";
    }

    String documents() {
        return job() + "/documents";
    }

    String pades() {
        return job() + "/pades";
    }

    String status() {
        return job() + "/status";
    }

    /** Returns the URL for a signer, counted from 1. */
    String xades(int index) {
        return job() + "/xades/" + (index + 1);
    }

    /** Returns the URL for a signer, counted from 1. */
    String signer(int index) {
        return job() + "/signers/" + (index + 1);
    }

    private String job() {
        return root + "/" + queue.organizationNumber() + "/" + queue.flow().segment() + "/signature-jobs/" + jobId;
    }
}
