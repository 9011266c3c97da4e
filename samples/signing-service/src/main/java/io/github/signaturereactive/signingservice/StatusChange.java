package io.github.signaturereactive.signingservice;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The one outstanding change of a job: it stands for the newest state, hides when it is handed out, and comes back if it
 * is not confirmed in time. A confirmation of an older state does not take a newer one away. Guarded by {@link JobStore}.
 */
final class StatusChange {

    private final Set<Integer> handedOut = new HashSet<>();
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

    /** Confirms a state, or refuses if no state of that number has been handed out. */
    void confirm(int version) {
        if (!handedOut.contains(version)) {
            throw Refusal.notFound("There is no status change " + version + " to confirm");
        }
        confirmedVersion = Math.max(confirmedVersion, Math.min(version, this.version));
        confirmations++;
    }

    /** Returns the number of the newest state, by which it is confirmed, and notes that the sender knows it. */
    int handOut() {
        handedOut.add(version);
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
