package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An access token and its lifetime. */
final class AccessToken {

    /** How long before its expiry a token is replaced, so that it does not expire on its way to the service. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private final String value;
    private final long expiresAt;
    private final LongSupplier nanos;
    private volatile boolean refused;

    /**
     * Creates a token.
     *
     * @param requestedAt when it was requested, which is before its lifetime began
     * @param nanos the clock of that time
     */
    AccessToken(String value, long requestedAt, Duration lifetime, LongSupplier nanos) {
        this.value = value;
        this.expiresAt = requestedAt + lifetime.toNanos();
        this.nanos = nanos;
    }

    /** Returns the value of the {@code Authorization} header. */
    String authorization() {
        return "Bearer " + value;
    }

    /** Marks the token as refused by the service. */
    void refuse() {
        refused = true;
    }

    /** Returns whether the next call needs a new token. */
    boolean isStale() {
        return refused || left() <= MARGIN.toNanos();
    }

    /** Returns whether the service may still accept the token. */
    boolean isUsable() {
        return !refused && left() > 0;
    }

    private long left() {
        return expiresAt - nanos.getAsLong();
    }

    /** Does not contain the token. */
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
