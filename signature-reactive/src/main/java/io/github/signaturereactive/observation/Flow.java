package io.github.signaturereactive.observation;

/** The part of the service that a call belongs to. */
public enum Flow {
    /** The direct flow. */
    DIRECT,
    /** The portal flow. */
    PORTAL,
    /** The archive of signed documents. */
    ARCHIVE,
    /** None of the others, for {@link Operation#WHO_AM_I}. */
    NONE
}
