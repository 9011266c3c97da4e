package io.github.signaturereactive.signingservice;

/** A queue that the changes of jobs are polled from. The default queue has an empty name. */
record PollingQueue(Flow flow, String organizationNumber, String name) {}
