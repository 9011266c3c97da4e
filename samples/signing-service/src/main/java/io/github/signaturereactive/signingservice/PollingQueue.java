package io.github.signaturereactive.signingservice;

/** Where the changes of a job are polled from. The default queue has the empty name. */
record PollingQueue(Flow flow, String organizationNumber, String name) {}
