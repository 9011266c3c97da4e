package io.github.signaturereactive.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.netty.http.client.HttpClient;

/** An access token, and for how long it is worth using. */
final class AccessToken {

    /** Replaced that much before it expires, so that it does not do so on its way. */
    static final Duration MARGIN = Duration.ofSeconds(30);

    private final String value;
    private final long expiresAt;
    private final LongSupplier nanos;
    private volatile boolean refused;

    /**
     * A token.
     *
     * @param askedAt when it was asked for, since its life began after that
     * @param nanos the clock of that
     */
    AccessToken(String value, long askedAt, Duration lifetime, LongSupplier nanos) {
        this.value = value;
        this.expiresAt = askedAt + lifetime.toNanos();
        this.nanos = nanos;
    }

    /** The same client, whose requests show it. */
    HttpClient on(HttpClient client) {
        return client.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + value));
    }

    /** The service does not accept it. */
    void refuse() {
        refused = true;
    }

    /** Whether the next call had better get another one. */
    boolean isStale() {
        return refused || left() <= MARGIN.toNanos();
    }

    /** Whether the service may still accept it. */
    boolean isUsable() {
        return !refused && left() > 0;
    }

    private long left() {
        return expiresAt - nanos.getAsLong();
    }

    /** Does not tell the token. */
    @Override
    public String toString() {
        return "AccessToken[***]";
    }
}
