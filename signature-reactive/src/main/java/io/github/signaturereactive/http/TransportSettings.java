package io.github.signaturereactive.http;

import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.security.ServerTrust;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * What the transport is made of.
 *
 * @param environment what messages call the environment
 * @param serviceUrl the root URL of the API, without a slash at its end
 * @param identity who we are, at first
 * @param serverTrust whom we trust
 * @param calls limits of all calls but downloads
 * @param downloads limits of downloads
 * @param callsPerSecond calls an organization may make in a second, or 0 for any number
 * @param rateLimiterPause for how long the service blocks an organization that has made too many
 * @param keptIdle for how long a connection that nobody uses is kept
 * @param userAgent how we introduce ourselves
 * @param proxy what stands between, or null
 * @param tokens where access tokens come from, or null if the certificate tells the service who we are
 * @param eventLoops what connections are served by, or null for loops of our own
 * @param observer hears of every call
 * @param wiretap whether requests and answers are logged
 * @param clock the local clock
 */
public record TransportSettings(
        String environment,
        URI serviceUrl,
        Identity identity,
        ServerTrust serverTrust,
        ConnectionLimits calls,
        ConnectionLimits downloads,
        int callsPerSecond,
        Duration rateLimiterPause,
        Duration keptIdle,
        String userAgent,
        @Nullable Proxy proxy,
        @Nullable TokenSettings tokens,
        @Nullable LoopResources eventLoops,
        CallObserver observer,
        boolean wiretap,
        Clock clock) {}
