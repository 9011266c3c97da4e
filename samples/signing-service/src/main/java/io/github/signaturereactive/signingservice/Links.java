package io.github.signaturereactive.signingservice;

import java.net.URI;

/**
 * The addresses of one portal job's resources.
 *
 * @param root the API's root URL, as the client called it
 */
record Links(URI root, String organizationNumber, long jobId) {

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

    /** Signers are counted from 1 here. */
    String xades(int index) {
        return job() + "/xades/" + (index + 1);
    }

    private String job() {
        return root + "/" + organizationNumber + "/portal/signature-jobs/" + jobId;
    }
}
