package io.github.signaturereactive.direct;

/** How the sender learns what has become of a direct job. */
public enum StatusRetrievalMethod {
    /** By asking for it with the token that signers bring back to the exit URL. */
    WAIT_FOR_CALLBACK,
    /** By polling a queue, as in the portal flow. */
    POLLING
}
