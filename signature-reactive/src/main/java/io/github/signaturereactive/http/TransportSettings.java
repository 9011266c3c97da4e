package io.github.signaturereactive.http;

import io.github.signaturereactive.connection.ConnectionSettings;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.security.ServerTrust;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** The settings of an {@link ApiClient}. */
public interface TransportSettings {

    /** Returns the name of the environment, for messages. */
    String environment();

    /** Returns the root URL of the API, without a trailing slash. */
    URI serviceUrl();

    /** Returns the initial identity. */
    Identity identity();

    /** Returns the trust manager for the service. */
    ServerTrust serverTrust();

    /** Returns the limits of all calls except downloads. */
    ConnectionSettings calls();

    /** Returns the limits of downloads. */
    ConnectionSettings downloads();

    /** Returns the maximum number of calls of an organization in a second, or 0 for no limit. */
    int callsPerSecond();

    /** Returns the time for which the service blocks an organization that has exceeded its limit. */
    Duration rateLimiterPause();

    /** Returns the time for which an idle connection stays open. */
    Duration keptIdle();

    /** Returns the value of the {@code User-Agent} header. */
    String userAgent();

    /** Returns the proxy for the service, or null for none. */
    @Nullable
    ProxySettings proxy();

    /** Returns the settings of access tokens, or null if the client certificate authenticates the requests. */
    @Nullable
    TokenSettings tokens();

    /** Returns the event loops of the connections, or null if the client creates and disposes its own. */
    @Nullable
    LoopResources eventLoops();

    /** Returns the observer of all calls. */
    CallObserver observer();

    /** Returns whether requests and responses are logged. */
    boolean wiretap();

    /** Returns the local clock. */
    Clock clock();
}
