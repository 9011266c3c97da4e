package io.github.signaturereactive.job;

/**
 * The queue on which the status changes of a job arrive. Each application should have one of its own: two that poll the
 * same queue take each other's changes.
 *
 * @param name the queue's name; empty for the default queue
 */
public record PollingQueue(String name) {

    /** The queue of jobs that were created without naming one. */
    public static final PollingQueue DEFAULT = new PollingQueue("");

    /** Checks that XML can carry the name. */
    public PollingQueue {
        name = Field.optionalText("polling queue", name, Integer.MAX_VALUE);
    }

    /**
     * A queue of its own.
     *
     * @param name the queue's name, not blank
     */
    public static PollingQueue of(String name) {
        return new PollingQueue(Field.text("polling queue", name, Integer.MAX_VALUE));
    }

    /** Whether this is the queue of jobs that were created without naming one. */
    public boolean isDefault() {
        return name.isEmpty();
    }
}
