package io.github.signaturereactive.job;

import java.util.Objects;

/**
 * The organization on whose behalf a job is created, and the queue on which its status changes arrive. Use the same
 * sender for creating and for polling.
 *
 * @param organizationNumber nine digits
 * @param pollingQueue the queue
 */
public record Sender(String organizationNumber, PollingQueue pollingQueue) {

    /** Checks the organization number. */
    public Sender {
        organizationNumber = Field.organizationNumber("organization number of the sender", organizationNumber);
        Objects.requireNonNull(pollingQueue, "pollingQueue");
    }

    /**
     * A sender with the default queue.
     *
     * @param organizationNumber nine digits
     */
    public Sender(String organizationNumber) {
        this(organizationNumber, PollingQueue.DEFAULT);
    }
}
