package io.github.signaturereactive;

import io.github.signaturereactive.http.TransportSettings;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a client reaches the service and as whom. Immutable; it holds no connections. */
public final class ClientConfiguration {

    private final OrganizationCertificate certificate;
    private final ServiceEnvironment environment;
    private final @Nullable Sender defaultSender;
    private final ConnectionSettings calls;
    private final ConnectionSettings downloads;
    private final int callsPerSecond;
    private final Duration rateLimiterPause;
    private final Duration keptIdle;
    private final Clock clock;

    private ClientConfiguration(Builder builder) {
        this.certificate = builder.certificate;
        this.environment = builder.environment;
        this.defaultSender = builder.defaultSender;
        this.calls = builder.calls;
        this.downloads = builder.downloads;
        this.callsPerSecond = builder.callsPerSecond;
        this.rateLimiterPause = builder.rateLimiterPause;
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

    OrganizationCertificate certificate() {
        return certificate;
    }

    @Nullable
    Sender defaultSender() {
        return defaultSender;
    }

    Sender senderOr(@Nullable Sender named) {
        Sender sender = named != null ? named : defaultSender;
        if (sender == null) {
            throw new SenderNotSpecifiedException();
        }
        return sender;
    }

    Clock clock() {
        return clock;
    }

    TransportSettings transport() {
        return new TransportSettings(
                environment.name(),
                environment.serviceUrl(),
                certificate,
                environment.serverTrust(),
                calls.limits(),
                downloads.limits(),
                callsPerSecond,
                rateLimiterPause,
                keptIdle,
                userAgent(),
                clock);
    }

    private static String userAgent() {
        String version = ClientConfiguration.class.getPackage().getImplementationVersion();
        return "signature-reactive/" + (version == null ? "development" : version) + " (Java "
                + Runtime.version().feature() + ")";
    }

    @Override
    public String toString() {
        return "ClientConfiguration[" + environment + ", " + certificate + "]";
    }

    /** Builds a configuration. */
    public static final class Builder {

        private final OrganizationCertificate certificate;
        private ServiceEnvironment environment = ServiceEnvironment.PRODUCTION;
        private @Nullable Sender defaultSender;
        private ConnectionSettings calls = ConnectionSettings.CALLS;
        private ConnectionSettings downloads = ConnectionSettings.DOWNLOADS;
        private int callsPerSecond = 10;
        private Duration rateLimiterPause = Duration.ofSeconds(30);
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
         * Configure how many calls an organization may make in a second; more are spaced out. Defaults to 10, which is what the
         * service allows before it blocks the organization for 30 seconds.
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

        /** The configuration. */
        public ClientConfiguration build() {
            return new ClientConfiguration(this);
        }
    }
}
