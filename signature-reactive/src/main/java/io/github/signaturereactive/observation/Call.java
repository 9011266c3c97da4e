package io.github.signaturereactive.observation;

/**
 * A call to the service, by what is the same for many: nothing of a job, a person or a token is in it.
 *
 * @param operation what is asked
 * @param flow the part of the service that is asked
 */
public record Call(Operation operation, Flow flow) {}
