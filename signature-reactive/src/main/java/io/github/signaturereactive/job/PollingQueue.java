package io.github.signaturereactive.job;

/**
 * A queue of status changes. A job's status changes arrive on the queue named when it was created, element {@code
 * polling-queue} of the job request. Each application should use its own queue, because a status change is delivered to
 * one poller only.
 *
 * @param name the name of the queue, empty for the default queue
 */
public record PollingQueue(String name) {

    /** The default queue, for jobs created without a queue name. */
    public static final PollingQueue DEFAULT = new PollingQueue("");

    /**
     * Creates the queue.
     *
     * @param name the name of the queue, empty for the default queue
     * @throws IllegalArgumentException if the name contains a character that XML does not allow
     */
    public PollingQueue {
        name = Field.optionalText("polling queue", name, Integer.MAX_VALUE);
    }

    /**
     * Returns the queue with a name.
     *
     * @param name the name of the queue, not blank
     * @return the queue
     * @throws IllegalArgumentException if the name is blank or contains a character that XML does not allow
     */
    public static PollingQueue of(String name) {
        return new PollingQueue(Field.text("polling queue", name, Integer.MAX_VALUE));
    }

    /** {@return whether this is the default queue} */
    public boolean isDefault() {
        return name.isEmpty();
    }
}
