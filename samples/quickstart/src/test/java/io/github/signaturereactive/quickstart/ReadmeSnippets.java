package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.ClientConfiguration;
import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.ServiceEnvironment;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.ServiceUnreachableException;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.ProcessingFailure;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** The Java code of README.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class ReadmeSnippets {

    private static final Logger LOG = LoggerFactory.getLogger(ReadmeSnippets.class);

    private ReadmeSnippets() {}

    static Mono<PortalJobResponse> create(String password) {
        // [create
        var certificate = OrganizationCertificate.fromPkcs12(Path.of("certificate.p12"), password);
        var configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.DIFITEST)
                .defaultSender(new Sender("123456789"))
                .build();
        var signature = SignatureClient.create(configuration);
        var document = PortalDocument.builder("Agreement", Path.of("agreement.pdf"));
        var signer = PortalSigner.identifiedByEmail("kari@example.com");
        var job = PortalJob.builder("Rental agreement", List.of(document.build()), List.of(signer.build()));
        Mono<PortalJobResponse> created = signature.portal().create(job.build()); // sent once subscribed to
        // create]
        return created;
    }

    static Mono<String> certificates(
            KeyStore keyStore,
            String password,
            Provider provider,
            char[] pin,
            PrivateKey privateKey,
            List<X509Certificate> chain,
            SignatureClient signature)
            throws IOException, GeneralSecurityException {
        // [certificates
        OrganizationCertificate fromFile = OrganizationCertificate.fromPkcs12(Path.of("certificate.p12"), password);
        OrganizationCertificate fromKeyStore = OrganizationCertificate.fromKeyStore(keyStore, "alias", password);
        OrganizationCertificate fromPem =
                OrganizationCertificate.fromPem(Path.of("chain.pem"), Path.of("key.pem"), password);
        // certificates]
        // [hardware
        KeyStore token = KeyStore.getInstance("PKCS11", provider);
        token.load(null, pin);
        OrganizationCertificate inHardware = OrganizationCertificate.fromKeyStore(token, "alias", pin);
        OrganizationCertificate inKeyService = OrganizationCertificate.fromPrivateKey(privateKey, chain);
        // hardware]
        // [who
        Mono<String> me = signature.whoAmI();
        // who]
        return me;
    }

    static void renewed(SignatureClient signature, String password) {
        // [renewed
        signature.replaceCertificate(OrganizationCertificate.fromPkcs12(Path.of("renewed.p12"), password));
        // renewed]
    }

    static ClientConfiguration tokens(OrganizationCertificate certificate, String clientId, String brokerId) {
        // [tokens
        var configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.DIFITEST)
                .defaultSender(new Sender("123456789"))
                .accessTokens(clientId, brokerId)
                .build();
        // tokens]
        return configuration;
    }

    static void replaced(SignatureClient signature, OrganizationCertificate certificate, String clientId) {
        // [replaced
        signature.replaceCertificate(certificate, clientId);
        // replaced]
    }

    static void tokenEndpoint(String clientId, String brokerId) {
        // [endpoint
        try (SigningService service = SigningService.builder().accessTokens().start()) {
            service.accessTokens().register(clientId, brokerId, service.clientCertificate());
            ServiceEnvironment environment = ServiceEnvironment.DIFITEST
                    .withServiceUrl(service.url())
                    .withTrusted(service.certificateAuthority())
                    .withTokenEndpoint(
                            service.accessTokens().tokenEndpoint(),
                            List.of(service.accessTokens().certificateAuthority()));
            service.accessTokens().revokeAll(); // or lifetime(..), or answerNext(..)
        }
        // endpoint]
    }

    static PortalJob job(byte[] bytes, Flux<ByteBuffer> publisher) {
        // [job
        PortalDocument fromFile =
                PortalDocument.builder("Agreement", Path.of("agreement.pdf")).build();
        PortalDocument fromMemory = PortalDocument.builder("Map", bytes).build();
        PortalDocument fromPublisher =
                PortalDocument.builder("Pictures", publisher).build();

        PortalSigner first = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                .withOrder(1)
                .build();
        PortalSigner second = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "10987654321",
                        Notifications.builder().withEmailTo("ola@example.com").build())
                .onBehalfOf(OnBehalfOf.OTHER)
                .withOrder(2)
                .build();

        PortalJob job = PortalJob.builder(
                        "Rental agreement", List.of(fromFile, fromMemory, fromPublisher), List.of(first, second))
                .withSender(new Sender("123456789", PollingQueue.of("rentals")))
                .withReference("rental-4711")
                .availableFor(Duration.ofDays(14))
                .build();
        // job]
        return job;
    }

    static Disposable poll(PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store, Sender sender) {
        // [poll
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges(sender)
                .concurrency(4)
                .confirmAfter(change -> store.apply(change)); // saves the signed document, too; must be idempotent

        Disposable polling = confirmed.subscribe(
                change -> LOG.info("dealt with {}", change), error -> LOG.error("cannot poll any longer", error));
        // poll]
        return polling;
    }

    static Flux<PortalJobStatusChanged> options(
            PortalClient portal,
            Function<PortalJobStatusChanged, Mono<Void>> store,
            Sender sender,
            Mono<Void> shutdown,
            PollPermits shared) {
        // [options
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges(sender)
                .onProcessingFailure(ProcessingFailure.retry(Retry.backoff(3, Duration.ofSeconds(1))))
                .stopWhen(shutdown, Duration.ofSeconds(20)) // no more polls; what is in flight is finished
                .permits(shared) // several instances on one queue
                .jitter(Duration.ofSeconds(5))
                .listener(event -> LOG.debug("{}", event))
                .confirmAfter((change, delivery) -> delivery.redelivered() ? Mono.empty() : store.apply(change));
        // options]
        return confirmed;
    }

    static Flux<Void> receive(PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store, Sender sender) {
        // [receive
        Flux<Void> confirmed = portal.statusChanges(sender)
                .receive()
                .concatMap(received -> store.apply(received.value()).then(received.confirm()), 0);
        // receive]
        return confirmed;
    }

    // [redis
    record RedisPermits(RedisReactiveCommands<String, String> redis) implements PollPermits {
        @Override
        public Mono<Duration> acquire(String queue) {
            return redis.set(queue, "", SetArgs.Builder.nx().px(Duration.ofSeconds(3)))
                    .map(mine -> Duration.ZERO)
                    .switchIfEmpty(redis.pttl(queue).map(millis -> Duration.ofMillis(Math.max(1, millis))));
        }

        @Override
        public Mono<Void> notBefore(String queue, Duration wait) {
            return redis.psetex(queue, wait.toMillis() + 1, "").then();
        }
    }
    // redis]

    static Mono<PortalJobStatusChanged> pollOnce(
            PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store, Sender sender) {
        // [once
        Mono<PortalJobStatusChanged> processed = portal.getStatusChange(sender)
                .filter(change -> !change.is(PortalJobStatus.NO_CHANGES))
                .delayUntil(change -> store.apply(change)) // saves the signed document, too
                .delayUntil(change -> portal.confirm(change)); // after it, never before
        // once]
        return processed;
    }

    static void download(PortalClient portal, PortalJobStatusChanged change) {
        // [download
        if (change.isPAdESAvailable()) {
            DocumentDownload pades = portal.getPAdES(change.pAdESUrl());

            Mono<Path> file = pades.saveTo(Path.of("signed.pdf")); // complete or absent
            Mono<byte[]> small = pades.toByteArray(1_000_000); // an error if it is larger
            Flux<ByteBuffer> stream = pades.content(); // as fast as it is consumed
        }
        // download]
    }

    static Mono<PortalJobResponse> errors(PortalClient portal, PortalJob job, Function<PortalJob, Mono<Void>> flag) {
        // [errors
        Mono<PortalJobResponse> created = portal.create(job)
                .onErrorResume(
                        ServiceUnreachableException.class,
                        e -> e.mayHaveBeenReceived()
                                ? flag.apply(job).then(Mono.error(e)) // find out before creating it again
                                : portal.create(job));
        // errors]
        return created;
    }

    static ClientConfiguration connections(OrganizationCertificate certificate) {
        // [connections
        ClientConfiguration configuration = ClientConfiguration.builder(certificate)
                .environment(ServiceEnvironment.PRODUCTION)
                .calls(calls -> calls.connectTimeout(Duration.ofSeconds(3)).maxConnections(20))
                .downloads(downloads -> downloads.idleTimeout(Duration.ofMinutes(1)))
                .build();
        // connections]
        return configuration;
    }

    static void testing() {
        // [testing
        try (SigningService service = SigningService.start()) {
            ClientConfiguration configuration = ClientConfiguration.builder(OrganizationCertificate.fromPkcs12(
                            service.clientCertificate().path(),
                            service.clientCertificate().password()))
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(service.url())
                            .withTrusted(service.certificateAuthority()))
                    .defaultSender(new Sender(SigningService.DEFAULT_ORGANIZATION))
                    .build();
            // create a job with it, then:
            service.jobs().sign(service.jobs().latest().id(), 0);
        }
        // testing]
    }
}
