package io.github.signaturereactive.signingservice;

/** Replaces the PAdES that the service would make of a job's documents and signatures. */
@FunctionalInterface
public interface PadesSource {

    /**
     * What to serve as the PAdES of this job. Asked once per download, on a thread that may do a little work but must not
     * block for long.
     */
    GeneratedDocument pades(JobSnapshot job);
}
