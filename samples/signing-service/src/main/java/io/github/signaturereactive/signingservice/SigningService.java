package io.github.signaturereactive.signingservice;

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
import javax.net.ssl.SSLException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * A stand-in for Posten signering on this machine: it speaks the portal and the direct flow over mutual TLS or with access
 * tokens, verifies what it receives as the service does, and lets {@link #jobs()} play the signers. Everything is in memory but the documents and the
 * keys, which are in a temporary directory; {@link #close()} and the end of the JVM remove all of it.
 *
 * <p>Certificate authority, server and client certificates are made in this JVM, once. The service trusts client
 * certificates of its own authority only.
 */
public final class SigningService implements AutoCloseable {

    /** The organization of {@link #clientCertificate()}. */
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
    private final Faults faults = new Faults();
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
        SigningAddress signing = new SigningAddress(this::browserUrl);
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
        Loopback loopback = new Loopback(new ControlApi(jobs), new SigningPages(store, signing, settings.clock()));
        SslContext tls = tls(settings);
        SslContext tokenTls = tokenTls(settings);
        loops = LoopResources.create("signing-service", 2, true);
        try {
            // Starting is something a test or a main method waits for: the address is not known before.
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

    /** Starts to say how a service shall behave. */
    public static Builder builder() {
        return new Builder();
    }

    /** The root URL of the API, {@code https://localhost:<port>/api}, to which {@code /{organization number}/…} is appended. */
    public URI url() {
        return URI.create("https://localhost:" + api.port() + "/api");
    }

    /** Where the control API listens, plain HTTP on the loopback address. */
    public URI controlUrl() {
        return URI.create("http://localhost:" + control.port());
    }

    /** Where the signers' browsers go, plain HTTP on the loopback address; redirect URLs begin with it. */
    public URI browserUrl() {
        return controlUrl();
    }

    /** The authority that has issued the server's certificate (unless an unknown one was asked for) and the clients'. */
    public X509Certificate certificateAuthority() {
        return CertificateAuthority.trusted().certificate();
    }

    /**
     * A directory with that certificate as {@code ca.pem} and nothing else, for clients that load what they trust from a
     * directory; it is deleted when the service is closed.
     */
    public Path trustedCertificates() {
        return trustedCertificates;
    }

    /** A client certificate of {@link #DEFAULT_ORGANIZATION}. */
    public ClientCertificate clientCertificate() {
        return clientCertificate;
    }

    /** A client certificate of any organization, nine digits, as the service trusts it. */
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

    /** A client certificate that expired on 1 January 2020; the handshake refuses it. */
    public ClientCertificate issueExpiredClientCertificate(String organizationNumber) {
        return ClientCertificate.issue(CertificateAuthority.trusted(), organizationNumber, true, nextFile());
    }

    /** A client certificate from an authority the service does not know; the handshake refuses it. */
    public ClientCertificate issueUnknownClientCertificate(String organizationNumber) {
        return ClientCertificate.issue(CertificateAuthority.other(), organizationNumber, false, nextFile());
    }

    /** Plays the signers, and shows what was received. */
    public Jobs jobs() {
        return jobs;
    }

    /** What was seen of the clients. */
    public Observations observations() {
        return observations;
    }

    /** Makes things go wrong. */
    public Faults faults() {
        return faults;
    }

    /** The token endpoint and its clients, where access tokens were configured. */
    public AccessTokens accessTokens() {
        return accessTokens.orElseThrow(
                () -> new IllegalStateException("There are no access tokens: say so by builder().accessTokens()"));
    }

    /**
     * Closes all connections and deletes all files. Returns when that is done; does nothing the second time. Happens when the
     * JVM exits, if not before.
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
            // The hook is running, or will and find the service closed.
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

    /** For the token endpoint, which has no interest in Posten's certificate. */
    private static SslContext tokenTls(Settings settings) throws SSLException {
        CertificateAuthority web = CertificateAuthority.web();
        X509Certificate leaf = web.issueToServer("999999999", "localhost", List.of("localhost"), false);
        return tls(settings, List.of(leaf, web.certificate()), ClientAuth.REQUIRE);
    }

    private static SslContext tls(Settings settings, List<X509Certificate> chain, ClientAuth clientAuth)
            throws SSLException {
        return SslContextBuilder.forServer(Keys.SERVER.privateKey(), chain.toArray(X509Certificate[]::new))
                .trustManager(new ClientTrust(CertificateAuthority.trusted().certificate()))
                .clientAuth(clientAuth)
                .protocols(settings.protocols())
                .build();
    }

    /** How a service shall behave. Every setting has a default that suits a test. */
    public static final class Builder {

        private Duration pollInterval = Duration.ofSeconds(1);
        private Duration reofferAfter = Duration.ofMinutes(10);
        private long documentLimit = 10_485_760;
        private Clock clock = Clock.systemUTC();
        private boolean enforceSigningTime = true;
        private Optional<PadesSource> pades = Optional.empty();
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

        /** Configures when a change that was handed out and not confirmed is offered again. Defaults to ten minutes. */
        public Builder reofferAfter(Duration duration) {
            this.reofferAfter = duration;
            return this;
        }

        /** Configures how many bytes the documents of a job may be in all. Defaults to 10 485 760. */
        public Builder documentLimit(long bytes) {
            this.documentLimit = bytes;
            return this;
        }

        /**
         * Configures the service's clock, which all its times are taken from: {@code Date}, permitted poll times, hiding,
         * expiry, and what signing times are compared with. Only delays asked for as faults are real time. Defaults to the
         * system's.
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

        /** Configures what is served as PAdES. Defaults to the documents of the job, really signed. */
        public Builder pades(PadesSource source) {
            this.pades = Optional.of(source);
            return this;
        }

        /** Configures the certificate the API shows. Defaults to {@link ServerCertificate#POSTEN_BRING}. */
        public Builder serverCertificate(ServerCertificate certificate) {
            this.serverCertificate = certificate;
            return this;
        }

        /** Configures the TLS versions, as {@code "TLSv1.3"}. Defaults to 1.2 and 1.3. */
        public Builder protocols(String... protocols) {
            this.protocols = List.of(protocols);
            return this;
        }

        /** Configures an organization that has no access: every call with its certificate is {@code NOT_AUTHORIZED}. */
        public Builder withoutAccess(String organizationNumber) {
            withoutAccess.add(organizationNumber);
            return this;
        }

        /** Configures that a broker may act on behalf of a sender. By default an organization acts for itself only. */
        public Builder authorizeBroker(String broker, String sender) {
            sendersByBroker.computeIfAbsent(broker, b -> new HashSet<>()).add(sender);
            return this;
        }

        /** Configures that a sender is a private organization, to which other rules apply. Defaults to public for all. */
        public Builder privateOrganization(String organizationNumber) {
            privateOrganizations.add(organizationNumber);
            return this;
        }

        /**
         * Configures the rate limiter, counted for the organization in the path: after this many calls within a second
         * everything is answered 429 with a header {@code DoSFilter} and no body until {@code blockedFor} has passed. The
         * service allows 10 and blocks for 30 seconds. Defaults to 0, no limit, because tests are quick.
         */
        public Builder rateLimit(int callsPerSecond, Duration blockedFor) {
            this.callsPerSecond = callsPerSecond;
            this.blockedFor = blockedFor;
            return this;
        }

        /**
         * Configures how long after all have signed the documents can be deleted. Until then a status has no
         * {@code delete-documents-url}, and deleting is refused. Defaults to 24 hours, as for the service; a test may want
         * {@link Duration#ZERO}.
         */
        public Builder documentsDeletableAfter(Duration duration) {
            this.documentsDeletableAfter = duration;
            return this;
        }

        /**
         * Configures whether signed documents can still be downloaded after the job's final status was confirmed. Defaults
         * to false: as for a sender without long-term storage, they are gone then.
         */
        public Builder longTermStorage(boolean longTermStorage) {
            this.longTermStorage = longTermStorage;
            return this;
        }

        /**
         * Configures that there is a token endpoint, {@link SigningService#accessTokens()}, and that the API takes its access
         * tokens instead of a client certificate. Clients with a certificate and without a token are still served. Defaults
         * to a client certificate being demanded from everybody.
         */
        public Builder accessTokens() {
            this.accessTokens = true;
            return this;
        }

        /** Configures the port of the API. Defaults to 0, any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Configures the port of the control API. Defaults to 0, any free one. */
        public Builder controlPort(int port) {
            this.controlPort = port;
            return this;
        }

        /** Starts the service. Returns when it listens. */
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
