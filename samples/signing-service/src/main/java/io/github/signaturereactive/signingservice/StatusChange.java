package io.github.signaturereactive.signingservice;

import java.time.Instant;

/**
 * The one outstanding change of a job: it stands for the newest state, hides when it is handed out, and comes back if it
 * is not confirmed in time. A confirmation of an older state does not take a newer one away. Guarded by {@link JobStore}.
 */
final class StatusChange {

    private int version;
    private int confirmedVersion;
    private Instant hiddenUntil = Instant.MIN;
    private int deliveries;
    private int confirmations;

    /** A new state, to be seen at once. */
    void arise() {
        version++;
        hiddenUntil = Instant.MIN;
    }

    boolean offered(Instant now) {
        return version > confirmedVersion && !now.isBefore(hiddenUntil);
    }

    void deliver(Instant hiddenUntil) {
        this.hiddenUntil = hiddenUntil;
        deliveries++;
    }

    void confirm(int version) {
        confirmedVersion = Math.max(confirmedVersion, Math.min(version, this.version));
        confirmations++;
    }

    /** Counts the states; a confirmation names the one it is for. */
    int version() {
        return version;
    }

    boolean confirmed() {
        return version > 0 && confirmedVersion == version;
    }

    int deliveries() {
        return deliveries;
    }

    int confirmations() {
        return confirmations;
    }
}
