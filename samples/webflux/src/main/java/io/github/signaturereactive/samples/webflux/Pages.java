package io.github.signaturereactive.samples.webflux;

import java.net.URI;

/** The URLs of the pages. */
final class Pages {

    static final String JOBS = "/jobs";

    private Pages() {}

    /** Returns the page of a job. */
    static URI of(String job) {
        return URI.create(JOBS + "/" + job);
    }

    /** Returns the page that sends the browser to the signing service. */
    static URI signing(String job) {
        return URI.create(JOBS + "/" + job + "/signing");
    }
}
