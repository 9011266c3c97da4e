package io.github.signaturereactive.signingservice;

import java.util.regex.Pattern;

/** What can be asked of the service over its API; of both flows, where nothing else is said. */
public enum Operation {
    /** {@code GET /{org}}: who am I? */
    WHO_AM_I("GET", "()"),
    /** Create a job. */
    CREATE("POST", "/(portal|direct)/signature-jobs"),
    /** Ask for the next status change. */
    POLL("GET", "/(portal|direct)/signature-jobs"),
    /** Confirm a status change. */
    CONFIRM("POST", "/(portal|direct)/signature-jobs/(\\d+)/confirmations/(\\d+)"),
    /** Cancel a portal job. */
    CANCEL("POST", "/(portal)/signature-jobs/(\\d+)/cancel"),
    /** Delete the documents of a job. */
    DELETE_DOCUMENTS("DELETE", "/(portal|direct)/signature-jobs/(\\d+)/documents"),
    /** Download the signed documents. */
    PADES("GET", "/(portal|direct)/signature-jobs/(\\d+)/pades"),
    /** Download one signer's XAdES. */
    XADES("GET", "/(portal|direct)/signature-jobs/(\\d+)/xades/(\\d+)"),
    /** Ask for the status of a direct job with the token its signer came back with. */
    STATUS("GET", "/(direct)/signature-jobs/(\\d+)/status"),
    /** Ask for a new redirect URL for one signer of a direct job. */
    NEW_REDIRECT_URL("POST", "/(direct)/signature-jobs/(\\d+)/signers/(\\d+)"),
    /** Download signed documents from the archive. */
    ARCHIVED_PADES("GET", "()/archive/documents/([^/]+)/pades");

    private final String method;
    private final Pattern path;

    Operation(String method, String path) {
        this.method = method;
        this.path = Pattern.compile("/api/(\\d{9})" + path + "/?");
    }

    String method() {
        return method;
    }

    /** The first group is the organization, the second one the flow or empty; then come the job, or the id in the archive, and a number. */
    Pattern path() {
        return path;
    }
}
