package io.github.signaturereactive;

import io.github.signaturereactive.connection.ConnectionSettings;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.http.Identity;
import io.github.signaturereactive.http.TokenSettings;
import io.github.signaturereactive.http.TransportSettings;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.security.ServerTrust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** Configuration of a {@link SignatureClient}. Immutable. It has no connections and may be used for several clients. */
public final class ClientConfiguration {

    private static final Pattern OPAQUE = Pattern.compile("[^\\s\\p{Z}\\p{Cntrl}]+");

    private final OrganizationCertificate certificate;
    private final ServiceEnvironment environment;
    private final @Nullable Sender defaultSender;
    private final ConnectionSettings calls;
    private final ConnectionSettings downloads;
    private final long maxJobSize;
    private final int callsPerSecond;
    private final Duration rateLimiterPause;
    private final @Nullable String userAgentAddition;
    private final @Nullable ProxySettings proxy;
    private final @Nullable String clientId;
    private final @Nullable String brokerId;
    private final @Nullable URI tokenEndpoint;
    private final @Nullable LoopResources eventLoops;
    private final CallObserver observer;
    private final boolean wiretap;
    private final BundleProcessing bundleProcessing;
    private final Duration keptIdle;
    private final Clock clock;

    private ClientConfiguration(Builder builder) {
        this.certificate = builder.certificate;
        this.environment = builder.environment;
        this.defaultSender = builder.defaultSender;
        this.calls = builder.calls.build();
        this.downloads = builder.downloads.build();
        this.maxJobSize = builder.maxJobSize;
        this.callsPerSecond = builder.callsPerSecond;
        this.rateLimiterPause = builder.rateLimiterPause;
        this.userAgentAddition = builder.userAgentAddition;
        this.proxy = builder.proxy;
        this.clientId = builder.clientId;
        this.brokerId = builder.brokerId;
        this.tokenEndpoint = builder.brokerId == null ? null : builder.environment.requireTokenEndpoint();
        this.eventLoops = builder.eventLoops;
        this.observer = builder.observer;
        this.wiretap = builder.wiretap;
        this.bundleProcessing = new BundleProcessing(builder.processors.stream()
                .map(processor -> processor.apply(builder.clock))
                .toList());
        this.keptIdle = builder.keptIdle;
        this.clock = builder.clock;
    }

    /**
     * Creates a builder.
     *
     * @param certificate the enterprise certificate that identifies the organization and signs document bundles
     * @return a builder with the default of each setting
     */
    public static Builder builder(OrganizationCertificate certificate) {
        return new Builder(certificate);
    }

    /**
     * Returns the environment of the service.
     *
     * @return the environment
     */
    public ServiceEnvironment environment() {
        return environment;
    }

    /**
     * Returns the sender for jobs and calls without a sender of their own.
     *
     * @return the default sender, or null if there is none
     */
    public @Nullable Sender defaultSender() {
        return defaultSender;
    }

    Sender senderOr(@Nullable Sender named) {
        Sender sender = named != null ? named : defaultSender;
        if (sender == null) {
            throw noSender();
        }
        return sender;
    }

    static PreconditionException noSender() {
        return new PreconditionException(
                PreconditionException.Reason.NO_SENDER,
                "There is no sender: configure withSender(..) on the job, or defaultSender(..) on the ClientConfiguration."
                        + " Nothing was sent.");
    }

    BundleProcessing bundleProcessing() {
        return bundleProcessing;
    }

    long maxJobSize() {
        return maxJobSize;
    }

    Clock clock() {
        return clock;
    }

    TransportSettings transport() {
        return new Transport();
    }

    /** The part of this configuration that concerns the transport. */
    private final class Transport implements TransportSettings {

        @Override
        public String environment() {
            return environment.name();
        }

        @Override
        public URI serviceUrl() {
            return environment.serviceUrl();
        }

        @Override
        public Identity identity() {
            return new Identity(certificate, clientId);
        }

        @Override
        public ServerTrust serverTrust() {
            return environment.serverTrust();
        }

        @Override
        public ConnectionSettings calls() {
            return calls;
        }

        @Override
        public ConnectionSettings downloads() {
            return downloads;
        }

        @Override
        public int callsPerSecond() {
            return callsPerSecond;
        }

        @Override
        public Duration rateLimiterPause() {
            return rateLimiterPause;
        }

        @Override
        public Duration keptIdle() {
            return keptIdle;
        }

        @Override
        public String userAgent() {
            return ClientConfiguration.this.userAgent();
        }

        @Override
        public @Nullable ProxySettings proxy() {
            return proxyTo(environment.serviceUrl());
        }

        @Override
        public @Nullable TokenSettings tokens() {
            return brokerId == null || tokenEndpoint == null
                    ? null
                    : new TokenSettings(tokenEndpoint, environment.tokenTrust(), brokerId, proxyTo(tokenEndpoint));
        }

        @Override
        public @Nullable LoopResources eventLoops() {
            return eventLoops;
        }

        @Override
        public CallObserver observer() {
            return observer;
        }

        @Override
        public boolean wiretap() {
            return wiretap;
        }

        @Override
        public Clock clock() {
            return clock;
        }

        private @Nullable ProxySettings proxyTo(URI url) {
            return proxy != null && proxy.appliesTo(url.getHost()) ? proxy : null;
        }
    }

    /** Checks an opaque identifier of the token endpoint, which has no white space. */
    static String opaque(String field, String value) {
        if (!OPAQUE.matcher(Objects.requireNonNull(value, field)).matches()) {
            throw new IllegalArgumentException(field
                    + (value.isEmpty() ? " must not be empty" : " must not have white space or control characters")
                    + ". Use the value that was issued");
        }
        return value;
    }

    private String userAgent() {
        String version = ClientConfiguration.class.getPackage().getImplementationVersion();
        return "signature-reactive/" + (version == null ? "development" : version) + " (Java "
                + Runtime.version().feature() + ")" + (userAgentAddition == null ? "" : " (" + userAgentAddition + ")");
    }

    @Override
    public String toString() {
        return "ClientConfiguration[" + environment + ", " + certificate + "]";
    }

    /** A builder of {@link ClientConfiguration}. Not thread-safe. */
    public static final class Builder {

        private static final Pattern USER_AGENT_ADDITION = Pattern.compile("(?=.*[^ ])[ -~&&[^()\\\\]]{1,200}");

        private final OrganizationCertificate certificate;
        private ServiceEnvironment environment = ServiceEnvironment.PRODUCTION;
        private @Nullable Sender defaultSender;
        private ConnectionSettings.Builder calls = ConnectionSettings.forCalls();
        private ConnectionSettings.Builder downloads = ConnectionSettings.forDownloads();
        private long maxJobSize = 10 * 1024 * 1024;
        private int callsPerSecond = 10;
        private Duration rateLimiterPause = Duration.ofSeconds(30);
        private @Nullable String userAgentAddition;
        private @Nullable ProxySettings proxy;
        private @Nullable String clientId;
        private @Nullable String brokerId;
        private @Nullable LoopResources eventLoops;
        private CallObserver observer = CallObserver.NONE;
        private boolean wiretap;
        private final List<Function<Clock, BundleProcessing.Factory>> processors = new ArrayList<>();
        private Duration keptIdle = Duration.ofSeconds(15);
        private Clock clock = Clock.systemUTC();

        private Builder(OrganizationCertificate certificate) {
            this.certificate = Objects.requireNonNull(certificate, "certificate");
        }

        /**
         * Configures the environment of the service. Defaults to {@link ServiceEnvironment#PRODUCTION}.
         *
         * @param environment the environment
         * @return this builder
         */
        public Builder environment(ServiceEnvironment environment) {
            this.environment = Objects.requireNonNull(environment, "environment");
            return this;
        }

        /**
         * Configures the sender for jobs and calls without a sender of their own. Defaults to none, in which case these fail with a
         * {@link PreconditionException}.
         *
         * @param sender the organization and its polling queue. If the certificate has another organization number, the organization of
         *     the certificate must be authorized as a broker of the sender
         * @return this builder
         */
        public Builder defaultSender(Sender sender) {
            this.defaultSender = Objects.requireNonNull(sender, "sender");
            return this;
        }

        /**
         * Configures timeouts and connections of all calls except downloads, such as creating jobs, polling and confirming. Also used for
         * the token endpoint.
         *
         * @param change changes the settings and returns the builder, such as {@code calls ->
         *     calls.responseTimeout(Duration.ofSeconds(20))}
         * @return this builder
         */
        public Builder calls(UnaryOperator<ConnectionSettings.Builder> change) {
            this.calls = change.apply(calls);
            return this;
        }

        /**
         * Configures timeouts and connections of downloads. Downloads have connections of their own.
         *
         * @param change changes the settings and returns the builder
         * @return this builder
         */
        public Builder downloads(UnaryOperator<ConnectionSettings.Builder> change) {
            this.downloads = change.apply(downloads);
            return this;
        }

        /**
         * Configures the maximum sum of the sizes of a job's documents. Defaults to 10 MiB (10,485,760 bytes), which is the limit of the
         * service.
         *
         * <p>Creating a larger job fails with a {@link io.github.signaturereactive.job.PreconditionException}. If byte arrays and files
         * exceed the limit, no request is sent. If a publisher exceeds it, the connection is closed before the request is complete.
         *
         * @param bytes the limit in bytes, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the limit is less than 1
         */
        public Builder maxJobSize(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxJobSize must be at least 1 byte, but was " + bytes);
            }
            this.maxJobSize = bytes;
            return this;
        }

        /**
         * Configures the maximum rate of calls for an organization. Further calls wait. Defaults to 10 calls per second, which is the
         * limit of the service. If the limit is exceeded, the service blocks the organization for 30 seconds.
         *
         * <p>A call counts until one second after its response headers have arrived or it has failed. The service therefore does not
         * receive more calls per second, also if the network delays requests. The limit applies to this client. If several clients or
         * instances call the service for the same organization, divide the rate between them.
         *
         * @param calls the number of calls per second, at least 1
         * @return this builder
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder callsPerSecond(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException(
                        "callsPerSecond must be at least 1, but was " + calls + ". For no limit, use unlimitedCalls()");
            }
            this.callsPerSecond = calls;
            return this;
        }

        /**
         * Disables the rate limit of {@link #callsPerSecond}, for test servers without such a limit.
         *
         * @return this builder
         */
        public Builder unlimitedCalls() {
            this.callsPerSecond = 0;
            return this;
        }

        /** Configures the time for which the service blocks an organization that has exceeded the rate. Defaults to 30 seconds. */
        Builder rateLimiterPause(Duration pause) {
            this.rateLimiterPause = pause;
            return this;
        }

        /**
         * Configures a comment for the {@code User-Agent} header (RFC 9110, section 10.1.5), such as name and version of the
         * application. It follows the name and version of this library. Defaults to none.
         *
         * @param addition 1 to 200 printable ASCII characters, not blank, without parentheses and backslashes
         * @return this builder
         * @throws IllegalArgumentException if the text has other characters or another length
         */
        public Builder includeInUserAgent(String addition) {
            if (!USER_AGENT_ADDITION.matcher(addition).matches()) {
                throw new IllegalArgumentException(
                        "The addition to the User-Agent must be 1 to 200 printable ASCII characters, not blank, without"
                                + " parentheses and backslashes");
            }
            this.userAgentAddition = addition;
            return this;
        }

        /**
         * Configures a proxy for the connections to the service and to the token endpoint. Defaults to none. System properties for
         * proxies are not used.
         *
         * @param proxy the settings of the proxy
         * @return this builder
         */
        public Builder proxy(ProxySettings proxy) {
            this.proxy = Objects.requireNonNull(proxy, "proxy");
            return this;
        }

        /**
         * Configures authentication with OAuth 2.0 access tokens (RFC 6749, client credentials grant). Defaults to mutual TLS, where the
         * certificate is presented to the service.
         *
         * <p>Access tokens are requested from the token endpoint of the {@link ServiceEnvironment}, with mutual TLS (RFC 8705). They are
         * cached until shortly before they expire. Requests to the service then have a bearer token (RFC 6750), and the certificate is
         * not presented to the service. The certificate still signs document bundles.
         *
         * <p>If the service responds with status 401, the request is sent again, once, with a new token. This includes requests that create
         * a job, because the service checks tokens before it creates the job. The publishers of documents are then subscribed to again.
         *
         * @param clientId the client id issued for this certificate, without white space
         * @param brokerId the broker id issued with the client id, without white space. It is not an organization number
         * @return this builder
         * @throws IllegalArgumentException if one of the ids is empty or has white space, or if the broker id is the organization number
         *     of the certificate
         */
        public Builder accessTokens(String clientId, String brokerId) {
            this.clientId = opaque("clientId", clientId);
            this.brokerId = opaque("brokerId", brokerId);
            if (brokerId.equals(certificate.organizationNumber())) {
                throw new IllegalArgumentException(
                        "brokerId must be the id issued with the client id, but is the organization number of the"
                                + " certificate");
            }
            return this;
        }

        /**
         * Configures the event loops of the connections, for example to share those of the application. The client does not dispose them.
         * Close the client before you dispose them. Defaults to event loops that the client creates and disposes.
         *
         * @param eventLoops the event loops
         * @return this builder
         */
        public Builder eventLoops(LoopResources eventLoops) {
            this.eventLoops = Objects.requireNonNull(eventLoops, "eventLoops");
            return this;
        }

        /**
         * Configures an observer of all calls, for metrics and tracing. Replaces the observer of a previous call. Defaults to {@link
         * CallObserver#NONE}. See {@link io.github.signaturereactive.observation.MicrometerCallObserver}.
         *
         * @param observer the observer
         * @return this builder
         */
        public Builder observer(CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Enables logging of requests and responses. The logger is {@code io.github.signaturereactive.wiretap}, the level is INFO.
         * Defaults to no logging.
         *
         * <p>The log has the method, path and names of query parameters of requests, the status of responses, and the values of headers
         * without secrets. It does not have values of query parameters or bodies, which may be secrets or personal data.
         *
         * @return this builder
         */
        public Builder wiretap() {
            this.wiretap = true;
            return this;
        }

        /**
         * Adds a processor of document bundles. Several processors receive a bundle concurrently. Defaults to none.
         *
         * @param processor the processor, which is called once for each attempt to create a job. There is a second attempt if the service
         *     rejects the access token of the first
         * @return this builder
         */
        public Builder addDocumentBundleProcessor(DocumentBundleProcessor processor) {
            Objects.requireNonNull(processor, "processor");
            processors.add(clock -> (job, work) -> processor);
            return this;
        }

        /**
         * Adds a processor that saves document bundles to a directory, for troubleshooting. Defaults to none.
         *
         * <p>The file name is {@code yyyyMMddHHmmssSSS-[<reference>-]asice.zip}, with the time in the time zone of the {@link #clock}. In
         * the reference of the job, characters other than ASCII letters, digits, dots, hyphens and underscores are replaced by
         * underscores.
         *
         * <p>Only the owner can read the file. It is visible when it is complete, and it is kept if the service rejects the job. A second
         * attempt after a rejected access token replaces the file of the first attempt. If the file cannot be written, the creation of
         * the job fails with an {@link java.io.UncheckedIOException}.
         *
         * @param directory an existing directory
         * @return this builder
         */
        public Builder enableDocumentBundleDiskDump(Path directory) {
            Objects.requireNonNull(directory, "directory");
            processors.add(clock -> new DumpToDirectory(directory, clock));
            return this;
        }

        /**
         * Configures how long the connection pool keeps an idle connection. Defaults to 15 seconds, so that the client closes the
         * connection before a server or a firewall does.
         */
        Builder keptIdle(Duration duration) {
            this.keptIdle = duration;
            return this;
        }

        /**
         * Configures the clock for {@code SigningTime} in the signatures of document bundles. The service permits a difference of 5
         * seconds from its own clock. Defaults to {@link Clock#systemUTC()}.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Creates the configuration.
         *
         * @return the configuration
         * @throws IllegalStateException if access tokens are configured and the environment has no token endpoint
         */
        public ClientConfiguration build() {
            return new ClientConfiguration(this);
        }
    }
}
