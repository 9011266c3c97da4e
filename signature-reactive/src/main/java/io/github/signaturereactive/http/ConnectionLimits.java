package io.github.signaturereactive.http;

import java.time.Duration;

/**
 * The timeouts and limits of one connection pool.
 *
 * @param connectTimeout the timeout of connecting, and again of the TLS handshake
 * @param acquireTimeout the maximum time to wait for a free connection
 * @param responseTimeout the timeout from the end of the request to the end of the headers of the final response
 * @param idleTimeout the maximum time without progress while a request is written or a response is read. For calls, it is also
 *     the timeout of a whole body that is read into memory
 * @param maxConnections the maximum number of open connections
 * @param maxPending the maximum number of calls that wait for a connection
 */
public record ConnectionLimits(
        Duration connectTimeout,
        Duration acquireTimeout,
        Duration responseTimeout,
        Duration idleTimeout,
        int maxConnections,
        int maxPending) {}
