package io.github.signaturereactive.http;

import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.security.ServerTrust;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/**
 * The settings of an {@link ApiClient}.
 *
 * @param environment the name of the environment, for messages
 * @param serviceUrl the root URL of the API, without a trailing slash
 * @param identity the initial identity
 * @param serverTrust the trust manager for the service
 * @param calls the limits of all calls except downloads
 * @param downloads the limits of downloads
 * @param callsPerSecond the maximum number of calls of an organization in a second, or 0 for no limit
 * @param rateLimiterPause the time for which the service blocks an organization that has exceeded its limit
 * @param keptIdle the time for which an idle connection stays open
 * @param userAgent the value of the {@code User-Agent} header
 * @param proxy the proxy for the service, or null for none
 * @param tokens the settings of access tokens, or null if the client certificate authenticates the requests
 * @param eventLoops the event loops of the connections, or null if the client creates and disposes its own
 * @param observer the observer of all calls
 * @param wiretap whether requests and responses are logged
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
