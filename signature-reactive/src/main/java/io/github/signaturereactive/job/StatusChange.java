package io.github.signaturereactive.job;

/** A status change of a job in a queue. */
public interface StatusChange {

    /** {@return the service's id of the job} */
    long signatureJobId();

    /**
     * {@return a key that is equal for two deliveries of the same change} It must implement {@code equals} and {@code
     * hashCode}, and must not contain personal data.
     */
    Object identity();
}
