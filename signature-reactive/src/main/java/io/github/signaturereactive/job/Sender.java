package io.github.signaturereactive.job;

import java.util.Objects;

/**
 * The organization that sends a job, and the queue of the job's status changes. Jobs and pollers must use the same
 * sender.
 *
 * @param organizationNumber nine digits, element {@code organization-number} of the manifest
 * @param pollingQueue the queue
 */
public record Sender(String organizationNumber, PollingQueue pollingQueue) {

    /**
     * Creates a sender.
     *
     * @param organizationNumber nine digits
     * @param pollingQueue the queue
     * @throws IllegalArgumentException if the organization number is not nine digits
     */
    public Sender {
        organizationNumber = Field.organizationNumber("organization number of the sender", organizationNumber);
        Objects.requireNonNull(pollingQueue, "pollingQueue");
    }

    /**
     * Creates a sender with the default queue.
     *
     * @param organizationNumber nine digits
     * @throws IllegalArgumentException if the organization number is not nine digits
     */
    public Sender(String organizationNumber) {
        this(organizationNumber, PollingQueue.DEFAULT);
    }
}
