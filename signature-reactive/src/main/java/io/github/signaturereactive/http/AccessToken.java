package io.github.signaturereactive.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** An access token and its lifetime. */
final class AccessToken {

    /** The time before expiry at which a token is replaced, so that it does not expire in transit. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private final String value;
    private final long expiresAt;
    private final LongSupplier nanos;
    private volatile boolean refused;

    /**
     * Creates a token.
     *
     * @param requestedAt the time of the token request, in nanoseconds of {@code nanos}
     * @param lifetime the lifetime, counted from the request because the time of issue is unknown
     * @param nanos a monotonic clock, in nanoseconds
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

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
