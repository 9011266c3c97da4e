package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.signingservice.api.AccessTokens;
import io.github.signaturereactive.signingservice.api.Api;
import io.github.signaturereactive.signingservice.api.FaultInjection;
import io.github.signaturereactive.signingservice.api.JobOperations;
import io.github.signaturereactive.signingservice.api.Observations;
import io.github.signaturereactive.signingservice.api.Settings;
import io.github.signaturereactive.signingservice.api.SignedDocuments;
import io.github.signaturereactive.signingservice.api.TokenEndpoint;
import io.github.signaturereactive.signingservice.certificate.CertificateAuthority;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.certificate.ClientTrustManager;
import io.github.signaturereactive.signingservice.certificate.Keys;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import io.github.signaturereactive.signingservice.control.ControlApi;
import io.github.signaturereactive.signingservice.control.Jobs;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.pages.SigningPages;
import io.github.signaturereactive.signingservice.pages.SigningUrls;
import io.github.signaturereactive.signingservice.protocol.GeneratedDocument;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * A stand-in for Posten signering on this machine. It supports the portal flow and the direct flow, over mutual TLS or
 * with access tokens. It verifies requests as the service does. {@link #jobs()} simulates the signers. Documents and
 * keys are in a temporary directory, everything else is in memory. {@link #close()} deletes the directory, and so does
 * the end of the JVM.
 *
 * <p>The certificate authority and the certificates of server and clients are created once in this JVM. The service
 * trusts only client certificates of its own authority.
 */
public final class SigningService implements AutoCloseable {

    /** The organization number of {@link #clientCertificate()}. */
    public static final String DEFAULT_ORGANIZATION = "123456789";

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final LoopResources loops;
    private final DisposableServer api;
    private final DisposableServer control;
    private final Optional<DisposableServer> tokenServer;
    private final Optional<AccessTokens> accessTokens;
    private final Path directory;
    private final Path trustedCertificates;
    private final ClientCertificate clientCertificate;
    private final Jobs jobs;
    private final Observations observations;
    private final FaultInjection faults = new FaultInjection();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger certificates = new AtomicInteger();
    private final Thread closeOnExit = new Thread(this::close, "signing-service-close");

    private SigningService(Settings settings) throws IOException {
        directory = Files.createTempDirectory("signing-service-");
        trustedCertificates = Files.createDirectory(directory.resolve("trusted"));
        Files.writeString(
                trustedCertificates.resolve("ca.pem"),
                CertificateAuthority.trusted().pem());
        observations = new Observations();
        JobStore store =
                new JobStore(settings.clock(), settings.pollInterval(), settings.reofferAfter(), settings.retention());
        SigningUrls signing = new SigningUrls(this::browserUrl);
        jobs = new Jobs(store, signing, settings.clock());
        clientCertificate = issueClientCertificate(DEFAULT_ORGANIZATION);
        accessTokens = settings.accessTokens()
                ? Optional.of(new AccessTokens(
                        settings.clock(), this::tokenEndpoint, () -> "https://localhost:" + url().getPort()))
                : Optional.empty();
        Api handler = new Api(
                settings,
                new JobOperations(store, signing, settings, observations),
                new SignedDocuments(store, settings, directory),
                observations,
                directory,
                faults,
                accessTokens);
        LoopbackRouter loopback =
                new LoopbackRouter(new ControlApi(jobs), new SigningPages(store, signing, settings.clock()));
        SslContext tls = tls(settings);
        SslContext tokenTls = tokenTls(settings);
        loops = LoopResources.create("signing-service", 2, true);
        try {
            // Blocks the calling test or main method, because the address is known only after binding.
            control = HttpServer.create()
                    .runOn(loops)
                    .host("localhost")
                    .port(settings.controlPort())
                    .handle(loopback::handle)
                    .bindNow();
            api = HttpServer.create()
                    .runOn(loops)
                    .host("localhost")
                    .port(settings.port())
                    .secure(SslProvider.builder().sslContext(tls).build())
                    .doOnChannelInit((observer, channel, address) -> {
                        observations.connectionOpened();
                        channel.closeFuture().addListener(closed -> observations.connectionClosed());
                    })
                    .handle(handler::handle)
                    .bindNow();
            tokenServer = accessTokens.map(
                    tokens -> new TokenEndpoint(tokens, observations, settings.clock()).start(loops, tokenTls));
        } catch (RuntimeException portTaken) {
            loops.disposeLater(Duration.ZERO, CLOSING).block(CLOSING);
            TemporaryDirectory.delete(directory);
            throw portTaken;
        }
        Runtime.getRuntime().addShutdownHook(closeOnExit);
    }

    /** Starts a service with all defaults on a free port. */
    public static SigningService start() {
        return builder().start();
    }

    /** Returns a builder for a service with other settings. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the root URL of the API, {@code https://localhost:<port>/api}. Clients append {@code /{organization
     * number}/…}.
     */
    public URI url() {
        return URI.create("https://localhost:" + api.port() + "/api");
    }

    /** Returns the URL of the control API, plain HTTP on the loopback address. */
    public URI controlUrl() {
        return URI.create("http://localhost:" + control.port());
    }

    /** Returns the URL of the signing pages, plain HTTP on the loopback address. Redirect URLs begin with it. */
    public URI browserUrl() {
        return controlUrl();
    }

    /**
     * Returns the authority that issued the client certificates. It also issued the server's certificate, except {@link
     * ServerCertificate#UNKNOWN_AUTHORITY}.
     */
    public X509Certificate certificateAuthority() {
        return CertificateAuthority.trusted().certificate();
    }

    /**
     * Returns a directory that contains only that certificate, as {@code ca.pem}, for clients that load trusted
     * certificates from a directory. The directory is deleted when the service is closed.
     */
    public Path trustedCertificates() {
        return trustedCertificates;
    }

    /** Returns a client certificate of {@link #DEFAULT_ORGANIZATION}. */
    public ClientCertificate clientCertificate() {
        return clientCertificate;
    }

    /**
     * Issues a trusted client certificate of an organization.
     *
     * @param organizationNumber the organization number, nine digits
     */
    public ClientCertificate issueClientCertificate(String organizationNumber) {
        return ClientCertificate.issue(CertificateAuthority.trusted(), organizationNumber, false, nextFile());
    }

    /**
     * Issues a client certificate without an organization number, as Digipost does for access tokens. Only clients that are
     * {@linkplain AccessTokens#register(String, String, String, ClientCertificate) registered} with it can use it.
     */
    public ClientCertificate issueClientCertificateWithoutOrganization() {
        return ClientCertificate.issue(CertificateAuthority.trusted(), "", false, nextFile());
    }

    /** Issues a client certificate that expired on 1 January 2020. The handshake rejects it. */
    public ClientCertificate issueExpiredClientCertificate(String organizationNumber) {
        return ClientCertificate.issue(CertificateAuthority.trusted(), organizationNumber, true, nextFile());
    }

    /** Issues a client certificate from an unknown authority. The handshake rejects it. */
    public ClientCertificate issueUnknownClientCertificate(String organizationNumber) {
        return ClientCertificate.issue(CertificateAuthority.other(), organizationNumber, false, nextFile());
    }

    /** Returns the jobs. Use it to simulate the signers and to read what was received. */
    public Jobs jobs() {
        return jobs;
    }

    /** Returns the observed requests, confirmations and connections. */
    public Observations observations() {
        return observations;
    }

    /** Returns the faults. Use it to simulate errors. */
    public FaultInjection faults() {
        return faults;
    }

    /**
     * Returns the token endpoint and its clients.
     *
     * @throws IllegalStateException if access tokens are not configured
     */
    public AccessTokens accessTokens() {
        return accessTokens.orElseThrow(
                () -> new IllegalStateException("There are no access tokens: say so by builder().accessTokens()"));
    }

    /**
     * Closes all connections and deletes all files. Returns when both are done. Further calls have no effect. The end
     * of the JVM also closes the service.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        forgetShutdownHook();
        control.disposeNow(CLOSING);
        api.disposeNow(CLOSING);
        tokenServer.ifPresent(server -> server.disposeNow(CLOSING));
        loops.disposeLater(Duration.ZERO, CLOSING).block(CLOSING);
        TemporaryDirectory.delete(directory);
    }

    private void forgetShutdownHook() {
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(closeOnExit);
        } catch (IllegalStateException exiting) {
            // The JVM is shutting down: the hook is running, or it will run and find the service closed.
        }
    }

    private Path nextFile() {
        int count = certificates.getAndIncrement();
        return directory.resolve(count == 0 ? "client.p12" : "client-" + count + ".p12");
    }

    private URI tokenEndpoint() {
        return URI.create("https://localhost:" + tokenServer.orElseThrow().port() + TokenEndpoint.PATH);
    }

    private static SslContext tls(Settings settings) throws SSLException {
        return tls(
                settings,
                settings.serverCertificate().chain(),
                settings.accessTokens() ? ClientAuth.OPTIONAL : ClientAuth.REQUIRE);
    }

    /** Returns the TLS settings of the token endpoint, with its own server certificate. */
    private static SslContext tokenTls(Settings settings) throws SSLException {
        CertificateAuthority web = CertificateAuthority.web();
        X509Certificate leaf = web.issueToServer("999999999", "localhost", List.of("localhost"), false);
        return tls(settings, List.of(leaf, web.certificate()), ClientAuth.REQUIRE);
    }

    private static SslContext tls(Settings settings, List<X509Certificate> chain, ClientAuth clientAuth)
            throws SSLException {
        return SslContextBuilder.forServer(Keys.SERVER.privateKey(), chain.toArray(X509Certificate[]::new))
                .trustManager(
                        new ClientTrustManager(CertificateAuthority.trusted().certificate()))
                .clientAuth(clientAuth)
                .protocols(settings.protocols())
                .build();
    }

    /** Configures and starts a service. Every setting has a default that suits tests. */
    public static final class Builder {

        private Duration pollInterval = Duration.ofSeconds(1);
        private Duration reofferAfter = Duration.ofMinutes(10);
        private long documentLimit = 10_485_760;
        private Clock clock = Clock.systemUTC();
        private boolean enforceSigningTime = true;
        private Optional<Function<JobSnapshot, GeneratedDocument>> pades = Optional.empty();
        private ServerCertificate serverCertificate = ServerCertificate.POSTEN_BRING;
        private List<String> protocols = List.of("TLSv1.2", "TLSv1.3");
        private final Set<String> withoutAccess = new HashSet<>();
        private final Map<String, Set<String>> sendersByBroker = new HashMap<>();
        private final Set<String> privateOrganizations = new HashSet<>();
        private int callsPerSecond;
        private Duration blockedFor = Duration.ofSeconds(30);
        private boolean longTermStorage;
        private Duration documentsDeletableAfter = Duration.ofDays(1);
        private boolean accessTokens;
        private int port;
        private int controlPort;

        private Builder() {}

        /** Configures how far ahead the permitted poll time is when a queue was empty. Defaults to one second. */
        public Builder pollInterval(Duration interval) {
            this.pollInterval = interval;
            return this;
        }

        /** Configures when an unconfirmed change is delivered again. Defaults to ten minutes. */
        public Builder reofferAfter(Duration duration) {
            this.reofferAfter = duration;
            return this;
        }

        /** Configures the maximum total size of the documents of a job, in bytes. Defaults to 10 485 760. */
        public Builder documentLimit(long bytes) {
            this.documentLimit = bytes;
            return this;
        }

        /**
         * Configures the service's clock. It determines {@code Date}, permitted poll times, redelivery and expiry, and
         * signing times are compared with it. Only latency faults use real time. Defaults to the system clock.
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** Configures whether a bundle's signing time must be within five seconds of the clock. Defaults to true. */
        public Builder enforceSigningTime(boolean enforce) {
            this.enforceSigningTime = enforce;
            return this;
        }

        /**
         * Configures a function that generates the PAdES of a job. It is called once for each download, on a thread
         * that must not be blocked for long. Defaults to the documents of the job with real signatures.
         */
        public Builder pades(Function<JobSnapshot, GeneratedDocument> source) {
            this.pades = Optional.of(source);
            return this;
        }

        /** Configures the server certificate of the API. Defaults to {@link ServerCertificate#POSTEN_BRING}. */
        public Builder serverCertificate(ServerCertificate certificate) {
            this.serverCertificate = certificate;
            return this;
        }

        /** Configures the TLS versions, for instance {@code "TLSv1.3"}. Defaults to 1.2 and 1.3. */
        public Builder protocols(String... protocols) {
            this.protocols = List.of(protocols);
            return this;
        }

        /** Configures an organization without access. Calls with its certificate fail with {@code NOT_AUTHORIZED}. */
        public Builder withoutAccess(String organizationNumber) {
            withoutAccess.add(organizationNumber);
            return this;
        }

        /** Configures that a broker may act on behalf of a sender. By default an organization acts for itself only. */
        public Builder authorizeBroker(String broker, String sender) {
            sendersByBroker.computeIfAbsent(broker, b -> new HashSet<>()).add(sender);
            return this;
        }

        /**
         * Configures that a sender is a private organization, which has other rules. Defaults to public for all
         * senders.
         */
        public Builder privateOrganization(String organizationNumber) {
            privateOrganizations.add(organizationNumber);
            return this;
        }

        /**
         * Configures the rate limit for each organization in the path. If more calls arrive within a second, all
         * requests get 429 with the header {@code DoSFilter} and no body until {@code blockedFor} has passed. The real
         * service allows 10 calls and blocks for 30 seconds. Defaults to 0, which is no limit.
         */
        public Builder rateLimit(int callsPerSecond, Duration blockedFor) {
            this.callsPerSecond = callsPerSecond;
            this.blockedFor = blockedFor;
            return this;
        }

        /**
         * Configures the time between the last signature and the first possible deletion of documents. Before that, a
         * status has no {@code delete-documents-url}, and the service refuses to delete. Defaults to 24 hours, as in
         * the real service. A test can set {@link Duration#ZERO}.
         */
        public Builder documentsDeletableAfter(Duration duration) {
            this.documentsDeletableAfter = duration;
            return this;
        }

        /**
         * Configures whether signed documents can be downloaded after the job's final status was confirmed. Defaults to
         * false, as for a sender without long-term storage.
         */
        public Builder longTermStorage(boolean longTermStorage) {
            this.longTermStorage = longTermStorage;
            return this;
        }

        /**
         * Configures a token endpoint, {@link SigningService#accessTokens()}. The API then accepts access tokens
         * instead of a client certificate. A client with a certificate needs no token. By default, the API requires a
         * client certificate.
         */
        public Builder accessTokens() {
            this.accessTokens = true;
            return this;
        }

        /** Configures the port of the API. Defaults to 0, which is any free port. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Configures the port of the control API. Defaults to 0, which is any free port. */
        public Builder controlPort(int port) {
            this.controlPort = port;
            return this;
        }

        /** Starts the service. Returns when the service is listening. */
        public SigningService start() {
            try {
                return new SigningService(settings());
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot start the signing service", e);
            }
        }

        Settings settings() {
            return new Settings(
                    pollInterval,
                    reofferAfter,
                    documentLimit,
                    clock,
                    enforceSigningTime,
                    pades,
                    serverCertificate,
                    protocols,
                    Set.copyOf(withoutAccess),
                    Map.copyOf(sendersByBroker),
                    Set.copyOf(privateOrganizations),
                    callsPerSecond,
                    blockedFor,
                    longTermStorage,
                    documentsDeletableAfter,
                    accessTokens,
                    port,
                    controlPort);
        }
    }
}
