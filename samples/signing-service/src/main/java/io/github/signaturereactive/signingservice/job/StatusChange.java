package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The single outstanding change of a job, with the newest state. It is hidden when it is delivered, and redelivered if
 * it is not confirmed in time. A confirmation of an older state does not remove a newer one. Guarded by {@link
 * JobStore}.
 */
public final class StatusChange {

    private final Set<Integer> handedOut = new HashSet<>();
    private int version;
    private int confirmedVersion;
    private Instant hiddenUntil = Instant.MIN;
    private int deliveries;
    private int confirmations;

    /** Records a new state that is visible to the next poll. */
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

    /** Confirms a state. Refuses a number that has not been delivered. */
    public void confirm(int version) {
        if (!handedOut.contains(version)) {
            throw ApiException.notFound("There is no status change " + version + " to confirm");
        }
        confirmedVersion = Math.max(confirmedVersion, Math.min(version, this.version));
        confirmations++;
    }

    /** Returns the number of the newest state, which confirms it, and records that the state was delivered. */
    public int handOut() {
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
