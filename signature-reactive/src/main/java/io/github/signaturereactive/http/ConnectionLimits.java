package io.github.signaturereactive.http;

import java.time.Duration;

/**
 * How long to wait and how many connections to hold.
 *
 * @param connectTimeout for the connection, and for the TLS handshake after it
 * @param acquireTimeout for a connection of the pool to become free
 * @param responseTimeout from the end of the request to the end of the headers of the final response
 * @param idleTimeout for the peer to go on, within a request or an answer
 * @param maxConnections connections open at a time
 * @param maxPending calls that wait for a connection at a time
 */
public record ConnectionLimits(
        Duration connectTimeout,
        Duration acquireTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        int maxConnections,
        int maxPending) {}
