package io.github.signaturereactive.signingservice.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Blocks an organization for a while if it makes too many calls within a second. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final int callsPerSecond;
    private final Duration blockedFor;
    private final Clock clock;
    private final Map<String, Calls> organizations = new HashMap<>();

    /** Creates a rate limit. There is no limit if {@code callsPerSecond} is 0. */
    RateLimit(int callsPerSecond, Duration blockedFor, Clock clock) {
        this.callsPerSecond = callsPerSecond;
        this.blockedFor = blockedFor;
        this.clock = clock;
    }

    /** Counts a call and returns whether it is allowed. */
    synchronized boolean allows(String organizationNumber) {
        if (callsPerSecond == 0) {
            return true;
        }
        Instant now = clock.instant();
        Calls calls = organizations.computeIfAbsent(organizationNumber, organization -> new Calls());
        if (now.isBefore(calls.blockedUntil)) {
            return false;
        }
        calls.recent.removeIf(call -> !call.isAfter(now.minus(WINDOW)));
        calls.recent.add(now);
        if (calls.recent.size() > callsPerSecond) {
            calls.recent.clear();
            calls.blockedUntil = now.plus(blockedFor);
            return false;
        }
        return true;
    }

    private static final class Calls {
        private final Deque<Instant> recent = new ArrayDeque<>();
        private Instant blockedUntil = Instant.MIN;
    }
}
