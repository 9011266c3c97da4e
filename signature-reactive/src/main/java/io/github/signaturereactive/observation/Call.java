package io.github.signaturereactive.observation;

/**
 * The operation and flow of a call to the service. Both have low cardinality and contain no data of jobs, persons or
 * tokens.
 *
 * @param operation the operation
 * @param flow the part of the service
 */
public record Call(Operation operation, Flow flow) {}
