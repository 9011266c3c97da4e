package io.github.signaturereactive.signingservice.protocol;

import java.util.regex.Pattern;

/** An operation of the API. It belongs to both flows unless its description says otherwise. */
public enum Operation {
    /** {@code GET /{org}}: get the identity of the caller. */
    WHO_AM_I("GET", "()"),
    /** Create a job. */
    CREATE("POST", "/(portal|direct)/signature-jobs"),
    /** Poll for the next status change. */
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
    /** Get the status of a direct job with a status query token. */
    STATUS("GET", "/(direct)/signature-jobs/(\\d+)/status"),
    /** Request a new redirect URL for one signer of a direct job. */
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

    /**
     * Returns the pattern of the path. Its groups are the organization, the flow or empty, then the job or the archive
     * id, and a number.
     */
    Pattern path() {
        return path;
    }
}
