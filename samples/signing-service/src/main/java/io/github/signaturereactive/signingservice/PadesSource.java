package io.github.signaturereactive.signingservice;

/** Provides documents that are served instead of the PAdES of a job. */
@FunctionalInterface
public interface PadesSource {

    /**
     * Returns the document to serve as the PAdES of this job. It is called once for each download, on a thread of a
     * scheduler, and must not block for long.
     */
    GeneratedDocument pades(JobSnapshot job);
}
