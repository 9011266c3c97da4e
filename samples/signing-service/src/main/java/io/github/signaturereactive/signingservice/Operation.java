package io.github.signaturereactive.signingservice;

import java.util.regex.Pattern;

/** What can be asked of the service over its API. */
public enum Operation {
    /** {@code GET /{org}}: who am I? */
    WHO_AM_I("GET", ""),
    /** Create a job. */
    CREATE("POST", "/portal/signature-jobs"),
    /** Ask for the next status change. */
    POLL("GET", "/portal/signature-jobs"),
    /** Confirm a status change. */
    CONFIRM("POST", "/portal/signature-jobs/(\\d+)/confirmations/(\\d+)"),
    /** Cancel a job. */
    CANCEL("POST", "/portal/signature-jobs/(\\d+)/cancel"),
    /** Delete the documents of a job. */
    DELETE_DOCUMENTS("DELETE", "/portal/signature-jobs/(\\d+)/documents"),
    /** Download the signed documents. */
    PADES("GET", "/portal/signature-jobs/(\\d+)/pades"),
    /** Download one signer's XAdES. */
    XADES("GET", "/portal/signature-jobs/(\\d+)/xades/(\\d+)");

    private final String method;
    private final Pattern path;

    Operation(String method, String path) {
        this.method = method;
        this.path = Pattern.compile("/api/(\\d{9})" + path + "/?");
    }

    String method() {
        return method;
    }

    Pattern path() {
        return path;
    }
}
