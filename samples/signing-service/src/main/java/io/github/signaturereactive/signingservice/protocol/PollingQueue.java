package io.github.signaturereactive.signingservice.protocol;

/** A queue that the changes of jobs are polled from. The default queue has an empty name. */
public record PollingQueue(Flow flow, String organizationNumber, String name) {}
