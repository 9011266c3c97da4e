package io.github.signaturereactive;

import io.github.signaturereactive.http.Identity;
import io.github.signaturereactive.http.Proxy;
import io.github.signaturereactive.http.TokenSettings;
import io.github.signaturereactive.http.TransportSettings;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.observation.CallObserver;
import io.github.signaturereactive.security.OrganizationCertificate;
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

/** How a client reaches the service and as whom. Immutable; it holds no connections. */
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
        this.calls = builder.calls;
        this.downloads = builder.downloads;
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
     * Starts a configuration.
     *
     * @param certificate the enterprise certificate that identifies the organization and signs what it sends
     */
    public static Builder builder(OrganizationCertificate certificate) {
        return new Builder(certificate);
    }

    /** Where the service is. */
    public ServiceEnvironment environment() {
        return environment;
    }

    /** The sender of jobs and calls that name none, or null if there is none. */
    public @Nullable Sender defaultSender() {
        return defaultSender;
    }

    Sender senderOr(@Nullable Sender named) {
        Sender sender = named != null ? named : defaultSender;
        if (sender == null) {
            throw new SenderNotSpecifiedException();
        }
        return sender;
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
        return new TransportSettings(
                environment.name(),
                environment.serviceUrl(),
                new Identity(certificate, clientId),
                environment.serverTrust(),
                calls.limits(),
                downloads.limits(),
                callsPerSecond,
                rateLimiterPause,
                keptIdle,
                userAgent(),
                proxyTo(environment.serviceUrl()),
                brokerId == null || tokenEndpoint == null ? null : tokens(tokenEndpoint, brokerId),
                eventLoops,
                observer,
                wiretap,
                clock);
    }

    private TokenSettings tokens(URI endpoint, String forBroker) {
        return new TokenSettings(endpoint, environment.tokenTrust(), forBroker, proxyTo(endpoint));
    }

    private @Nullable Proxy proxyTo(URI url) {
        return proxy != null && proxy.appliesTo(url.getHost()) ? proxy.proxy() : null;
    }

    /** An identifier that says nothing to us, but cannot be right with blanks in it. */
    static String opaque(String field, String value) {
        if (!OPAQUE.matcher(Objects.requireNonNull(value, field)).matches()) {
            throw new IllegalArgumentException(
                    field + " must be as it was issued, not empty and without blanks, but was something else, of "
                            + value.length() + " characters");
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

    /** Builds a configuration. */
    public static final class Builder {

        private static final Pattern USER_AGENT_ADDITION = Pattern.compile("(?=.*[^ ])[ -~&&[^()\\\\]]{1,200}");

        private final OrganizationCertificate certificate;
        private ServiceEnvironment environment = ServiceEnvironment.PRODUCTION;
        private @Nullable Sender defaultSender;
        private ConnectionSettings calls = ConnectionSettings.CALLS;
        private ConnectionSettings downloads = ConnectionSettings.DOWNLOADS;
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

        /** Configure the environment. Defaults to {@link ServiceEnvironment#PRODUCTION}. */
        public Builder environment(ServiceEnvironment environment) {
            this.environment = Objects.requireNonNull(environment, "environment");
            return this;
        }

        /** Configure the sender of jobs and calls that name none. Defaults to none. */
        public Builder defaultSender(Sender sender) {
            this.defaultSender = Objects.requireNonNull(sender, "sender");
            return this;
        }

        /**
         * Configure time-outs and connections of all calls but downloads.
         *
         * @param change gives the changed settings
         */
        public Builder calls(UnaryOperator<ConnectionSettings> change) {
            this.calls = change.apply(calls);
            return this;
        }

        /**
         * Configure time-outs and connections of downloads.
         *
         * @param change gives the changed settings
         */
        public Builder downloads(UnaryOperator<ConnectionSettings> change) {
            this.downloads = change.apply(downloads);
            return this;
        }

        /**
         * Configures how many bytes the documents of a job may have together. Defaults to 10 MiB (10,485,760 bytes), which the service
         * accepts.
         *
         * <p>Creating a larger job fails with a {@link io.github.signaturereactive.job.JobTooLargeException}: before anything is sent,
         * if bytes and files alone exceed the limit, and otherwise when a publisher exceeds it, which ends the request incomplete.
         *
         * @param bytes at least 1
         */
        public Builder maxJobSize(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxJobSize must be at least 1 byte, but was " + bytes);
            }
            this.maxJobSize = bytes;
            return this;
        }

        /**
         * Configures how many calls an organization may make in a second. Further calls wait. Defaults to 10, which the service
         * allows before it blocks the organization for 30 seconds.
         *
         * <p>A call counts until a second after its response has begun, or after it has failed, so that the service never receives
         * more, whatever connections and network do. The limit is that of this client: if several clients or instances make calls
         * for the same organization, give each of them its share.
         *
         * @param calls at least 1
         */
        public Builder callsPerSecond(int calls) {
            if (calls < 1) {
                throw new IllegalArgumentException(
                        "callsPerSecond must be at least 1, but was " + calls + "; see unlimitedCalls()");
            }
            this.callsPerSecond = calls;
            return this;
        }

        /** Configure calls not to be spaced out, for services that do not limit them. */
        public Builder unlimitedCalls() {
            this.callsPerSecond = 0;
            return this;
        }

        /** Configure for how long the service blocks an organization that has made too many calls. Defaults to 30 seconds. */
        Builder rateLimiterPause(Duration pause) {
            this.rateLimiterPause = pause;
            return this;
        }

        /**
         * Configure what the {@code User-Agent} header tells besides this library, such as the application's name and version.
         * Defaults to nothing.
         *
         * @param addition up to 200 printable characters of ASCII, without parentheses and backslashes
         */
        public Builder includeInUserAgent(String addition) {
            if (!USER_AGENT_ADDITION.matcher(addition).matches()) {
                throw new IllegalArgumentException(
                        "The addition to the User-Agent must be 1 to 200 printable characters of"
                                + " ASCII, without parentheses and backslashes, and not blank");
            }
            this.userAgentAddition = addition;
            return this;
        }

        /** Configure a proxy between this client and the service. Defaults to none. */
        public Builder proxy(ProxySettings proxy) {
            this.proxy = Objects.requireNonNull(proxy, "proxy");
            return this;
        }

        /**
         * Configure that access tokens of OAuth 2.0 tell the service who we are, instead of the certificate. The tokens are got
         * from the environment's token endpoint, where the certificate tells who we are, when they are needed, and kept until
         * shortly before they expire. Time-outs are those of calls. The certificate signs document bundles as ever. Defaults to
         * the certificate telling the service itself.
         *
         * <p>A request whose token the service refuses, with status 401, is repeated once with another token, creating a job
         * included: the service refuses tokens before it acts. Documents that come from publishers are then subscribed to
         * once more.
         *
         * @param clientId as what this organization, with this very certificate, is registered at the token endpoint
         * @param brokerId what was issued together with the client id; it is no organization number
         */
        public Builder accessTokens(String clientId, String brokerId) {
            this.clientId = opaque("clientId", clientId);
            this.brokerId = opaque("brokerId", brokerId);
            if (brokerId.equals(certificate.organizationNumber())) {
                throw new IllegalArgumentException(
                        "brokerId must be what was issued together with the client id, but is the organization number");
            }
            return this;
        }

        /**
         * Configure who serves the connections, such as the event loops that an application has already. They are used, and left alone when
         * the client is closed; close the client before them. Defaults to event loops of the client's own.
         */
        public Builder eventLoops(LoopResources eventLoops) {
            this.eventLoops = Objects.requireNonNull(eventLoops, "eventLoops");
            return this;
        }

        /**
         * Configure who hears of every call, for metrics and tracing. Defaults to nobody. See {@link
         * io.github.signaturereactive.observation.MicrometerCallObserver}.
         */
        public Builder observer(CallObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /**
         * Configure that every request and every answer is logged, at level INFO by the logger {@code
         * io.github.signaturereactive.wiretap}. Of a request there are method, path and the names of query parameters, of an
         * answer there is the status, and of both the headers that hold nothing secret. There are no bodies, since nothing
         * could be promised of what they hold. Defaults to no logging.
         */
        public Builder wiretap() {
            this.wiretap = true;
            return this;
        }

        /**
         * Adds a processor of document bundles. Defaults to none. Several processors receive a bundle at the same time.
         *
         * @param processor receives the bundle of each attempt to create a job; there is a second attempt after a refused access token
         */
        public Builder addDocumentBundleProcessor(DocumentBundleProcessor processor) {
            Objects.requireNonNull(processor, "processor");
            processors.add(clock -> (job, work) -> processor);
            return this;
        }

        /**
         * Saves the document bundle of each job as {@code yyyyMMddHHmmssSSS-[<reference>-]asice.zip} in the time zone of the
         * configured clock. Defaults to no files.
         *
         * <p>A file appears when it is complete, readable by its owner only, and stays whatever the service responds. A second attempt
         * after a refused access token replaces the file of the first. A file that cannot be written fails the creation of the job. In
         * references, every character but ASCII letters, digits, dots, hyphens and underscores is replaced by an underscore.
         *
         * @param directory an existing directory
         */
        public Builder enableDocumentBundleDiskDump(Path directory) {
            Objects.requireNonNull(directory, "directory");
            processors.add(clock -> new DumpToDirectory(directory, clock));
            return this;
        }

        /**
         * Configure for how long a connection that nobody uses is kept. Defaults to 15 seconds, so that it is closed before a
         * server or a firewall in between does so.
         */
        Builder keptIdle(Duration duration) {
            this.keptIdle = duration;
            return this;
        }

        /**
         * Configure the clock that signing times are read from; the service tolerates a difference of five seconds.
         * Defaults to the system's.
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalStateException if access tokens are to be used and the environment has no token endpoint
         */
        public ClientConfiguration build() {
            return new ClientConfiguration(this);
        }
    }
}
