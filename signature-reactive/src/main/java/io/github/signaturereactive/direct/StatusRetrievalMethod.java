package io.github.signaturereactive.direct;

/** The method for retrieving the status of a direct job. XSD type {@code status-retrieval-method}. */
public enum StatusRetrievalMethod {
    /** The sender requests the status with the token that the service appends to the exit URL. */
    WAIT_FOR_CALLBACK,
    /** The sender polls a queue, as in the portal flow. */
    POLLING
}
