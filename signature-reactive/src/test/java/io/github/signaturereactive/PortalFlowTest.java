package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.job.TooEagerPollingException;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ServerCertificate;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerSnapshot;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.signingservice.signature.BundleEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The portal flow from end to end, over mutual TLS, against a service that checks each request. */
class PortalFlowTest {

    private static final String PIN = "12345678910";
    private static final String OTHER_ORGANIZATION = "987654321";

    @TempDir
    private Path directory;

    private SigningService service;
    private boolean running;
    private SignatureClient client;
    private PortalClient portal;

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        if (running) {
            running = false;
            service.close();
        }
    }

    @Test
    void aJobGoesAllTheWay() throws Exception {
        start(builder -> builder.longTermStorage(true));
        var created = received(
                portal.create(job(signerByPin()).withReference("minutes-17").build()));
        assertThat(created.reference()).isEqualTo("minutes-17");
        service.jobs().sign(created.signatureJobId(), 0);

        PortalJobStatusChanged change = received(portal.getStatusChange());

        assertThat(change.signatureJobId()).isEqualTo(created.signatureJobId());
        assertThat(change.reference()).isEqualTo("minutes-17");
        assertThat(change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(change.nextPermittedPollTime()).isNotNull();
        PortalSignature signature =
                change.signatureOf(signerByPin().identifier()).orElseThrow();
        assertThat(signature.is(SignatureStatus.SIGNED)).isTrue();
        assertThat(signature.since()).isNotNull();

        Path pades = received(portal.getPAdES(change.pAdESUrl()).saveTo(directory.resolve("signed.pdf")));
        assertThat(TestPdf.pages(Files.readAllBytes(pades)))
                .as("the document's and one about the signatures")
                .isEqualTo(3);
        assertThat(TestPdf.signatures(Files.readAllBytes(pades))).isOne();
        byte[] xades = received(portal.getXAdES(signature.xAdESUrl()).toByteArray(1 << 20));
        assertThat(Schemas.SIGNATURES
                        .validate(xades)
                        .getElementsByTagNameNS("*", "SignatureValue")
                        .getLength())
                .isOne();

        StepVerifier.create(portal.confirm(change)).verifyComplete();
        assertThat(service.jobs().get(created.signatureJobId()).confirmed()).isTrue();
        StepVerifier.create(portal.deleteDocuments(change)).verifyComplete();
        assertThat(service.jobs().get(created.signatureJobId()).documentsDeleted())
                .isTrue();
        StepVerifier.create(portal.getPAdES(change.pAdESUrl()).content())
                .expectErrorSatisfies(error -> refused(error, 404, "NOT_FOUND", "have been deleted"))
                .verify();
        queueIsEmpty(portal.getStatusChange());
    }

    @Test
    void everyKindOfSignerSigns() {
        start();
        var both = Notifications.builder()
                .withEmailTo("both@example.com")
                .withSmsTo("+4799999999")
                .build();
        List<PortalSigner> signers = List.of(
                PortalSigner.identifiedByPersonalIdentificationNumber(
                                "10000000001", NotificationsUsingLookup.EMAIL_ONLY)
                        .build(),
                PortalSigner.identifiedByPersonalIdentificationNumber(
                                "10000000002", NotificationsUsingLookup.EMAIL_AND_SMS)
                        .onBehalfOf(OnBehalfOf.SELF)
                        .build(),
                PortalSigner.identifiedByPersonalIdentificationNumber("10000000003", both)
                        .onBehalfOf(OnBehalfOf.OTHER)
                        .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                        .build(),
                PortalSigner.identifiedByEmail("blåbær@example.com").build(),
                PortalSigner.identifiedByMobileNumber("99999998").build(),
                PortalSigner.identifiedByEmailAndMobileNumber("<both>&\"'@example.com", "99999997")
                        .withSignatureType(SignatureType.ADVANCED_SIGNATURE)
                        .withOrder(9)
                        .build());

        var created =
                received(portal.create(job(signers.toArray(PortalSigner[]::new)).build()));

        assertThat(service.jobs().get(created.signatureJobId()).signers())
                .extracting(
                        SignerSnapshot::order,
                        SignerSnapshot::personalIdentificationNumber,
                        SignerSnapshot::email,
                        SignerSnapshot::mobileNumber)
                .containsExactly(
                        tuple(0, Optional.of("10000000001"), Optional.empty(), Optional.empty()),
                        tuple(0, Optional.of("10000000002"), Optional.empty(), Optional.empty()),
                        tuple(
                                0,
                                Optional.of("10000000003"),
                                Optional.of("both@example.com"),
                                Optional.of("+4799999999")),
                        tuple(0, Optional.empty(), Optional.of("blåbær@example.com"), Optional.empty()),
                        tuple(0, Optional.empty(), Optional.empty(), Optional.of("99999998")),
                        tuple(9, Optional.empty(), Optional.of("<both>&\"'@example.com"), Optional.of("99999997")));

        service.jobs().signAll(created.signatureJobId());
        PortalJobStatusChanged change = received(portal.getStatusChange());
        assertThat(change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(change.signatures())
                .extracting(PortalSignature::signer)
                .containsExactlyElementsOf(
                        signers.stream().map(PortalSigner::identifier).toList());
        byte[] pades = received(portal.getPAdES(change.pAdESUrl()).toByteArray(10 << 20));
        assertThat(TestPdf.signatures(pades)).isEqualTo(6);
        for (PortalSignature signature : change.signatures()) {
            assertThat(received(portal.getXAdES(signature.xAdESUrl()).toByteArray(1 << 20)))
                    .isNotEmpty();
        }
    }

    @Test
    void everyKindOfDocumentArrivesAsItWas() throws IOException {
        start();
        byte[] bytes = TestPdf.ofPages(1);
        byte[] file = TestPdf.ofPages(2);
        byte[] published = TestPdf.ofPages(300);
        byte[] text = "Bokmål, nynorsk, davvisámegiella\n".repeat(1000).getBytes(UTF_8);
        var subscriptions = new AtomicInteger();
        Flux<ByteBuffer> publisher = Flux.defer(() -> {
            subscriptions.incrementAndGet();
            return Flux.range(0, (published.length + 999) / 1000)
                    .map(i -> ByteBuffer.wrap(
                            Arrays.copyOfRange(published, i * 1000, Math.min(published.length, (i + 1) * 1000))));
        });
        var job = PortalJob.builder(
                        "Fire dokumenter",
                        List.of(
                                PortalDocument.builder("Bytes", bytes).build(),
                                PortalDocument.builder("Fil", Files.write(directory.resolve("a.pdf"), file))
                                        .build(),
                                PortalDocument.builder("Strøm", publisher).build(),
                                PortalDocument.builder("Tekst", text)
                                        .type(DocumentType.TXT)
                                        .build()),
                        List.of(signerByPin()))
                .build();

        var first = received(portal.create(job));
        var second = received(portal.create(job));

        assertThat(first.signatureJobId()).isNotEqualTo(second.signatureJobId());
        assertThat(subscriptions).hasValue(2);
        for (JobSnapshot created : service.jobs().all()) {
            List<BundleEntry> entries = created.received().entries();
            assertThat(entries)
                    .extracting(BundleEntry::name)
                    .hasSize(6)
                    .endsWith("manifest.xml", "META-INF/signatures.xml");
            assertThat(entries.subList(0, 4))
                    .extracting(BundleEntry::sha256)
                    .containsExactly(sha256(bytes), sha256(file), sha256(published), sha256(text));
            assertThat(entries.get(3).name()).endsWith(".txt");
        }

        service.jobs().signAll(first.signatureJobId());
        PortalJobStatusChanged change = received(portal.getStatusChange());
        byte[] pades = received(portal.getPAdES(change.pAdESUrl()).toByteArray(10 << 20));
        assertThat(TestPdf.pages(pades)).isGreaterThan(1 + 2 + 300 + 1);
    }

    @Test
    void everySignatureIsAChangeAndWhatIsSignedSoFarCanBeDownloaded() {
        start();
        var created = received(portal.create(job(
                        PortalSigner.identifiedByEmail("second@example.com")
                                .withOrder(2)
                                .build(),
                        PortalSigner.identifiedByEmail("first@example.com")
                                .withOrder(1)
                                .build())
                .build()));

        service.jobs().sign(created.signatureJobId(), SignerSelector.email("first@example.com"));
        PortalJobStatusChanged halfWay = received(portal.getStatusChange());

        assertThat(halfWay.is(PortalJobStatus.IN_PROGRESS)).isTrue();
        assertThat(halfWay.signatures())
                .extracting(PortalSignature::status)
                .containsExactly(SignatureStatus.WAITING, SignatureStatus.SIGNED);
        assertThat(TestPdf.signatures(
                        received(portal.getPAdES(halfWay.pAdESUrl()).toByteArray(10 << 20))))
                .isOne();
        StepVerifier.create(portal.deleteDocuments(halfWay))
                .verifyErrorMatches(Errors.precondition(Reason.NO_DELETE_DOCUMENTS_URL));
        StepVerifier.create(portal.confirm(halfWay)).verifyComplete();

        service.jobs().sign(created.signatureJobId(), SignerSelector.email("second@example.com"));
        PortalJobStatusChanged completed = received(portal.getStatusChange());

        assertThat(completed.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(TestPdf.signatures(
                        received(portal.getPAdES(completed.pAdESUrl()).toByteArray(10 << 20))))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"WAITING", "SIGNED", "NOT_APPLICABLE", "FAILED"})
    void aSignerWhoWillNotSignEndsTheJob(SignerStatus status) {
        start();
        var created = received(portal.create(job(
                        signerByPin(),
                        PortalSigner.identifiedByEmail("other@example.com").build())
                .build()));

        service.jobs().settle(created.signatureJobId(), SignerSelector.at(0), status);
        PortalJobStatusChanged change = received(portal.getStatusChange());

        assertThat(change.is(PortalJobStatus.FAILED)).isTrue();
        assertThat(change.signatures())
                .extracting(PortalSignature::status)
                .containsExactly(new SignatureStatus(status.name()), SignatureStatus.NOT_APPLICABLE);
        assertThat(change.isPAdESAvailable()).isFalse();
        assertThat(change.signatures())
                .allSatisfy(signature -> assertThat(signature.xAdESUrl()).isNull());
        StepVerifier.create(portal.confirm(change)).verifyComplete();
        queueIsEmpty(portal.getStatusChange());
    }

    @Test
    void aCancelledJobCannotBeCancelledAgain() {
        start();
        PortalJobResponse created = received(portal.create(job(signerByPin()).build()));

        StepVerifier.create(portal.cancel(created)).verifyComplete();

        assertThat(service.jobs().get(created.signatureJobId()).cancelled()).isTrue();
        PortalJobStatusChanged change = received(portal.getStatusChange());
        assertThat(change.is(PortalJobStatus.FAILED)).isTrue();
        assertThat(change.signatures().get(0).is(SignatureStatus.CANCELLED)).isTrue();
        StepVerifier.create(portal.cancel(created))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.refusal(409, "JOB_CANNOT_BE_CANCELLED"))
                        .hasMessageContaining("409, JOB_CANNOT_BE_CANCELLED"))
                .verify();
    }

    @Test
    void aStoredUrlCancelsAJobFromAnotherProcess() {
        start();
        PortalJobResponse created = received(portal.create(job(signerByPin()).build()));
        var stored = created.cancellationUrl().url().toString();

        StepVerifier.create(portal.cancel(CancellationUrl.of(URI.create(stored))))
                .verifyComplete();

        assertThat(service.jobs().latest().cancelled()).isTrue();
    }

    @Test
    void whatIsSignedIsGoneAfterTheLastConfirmationWithoutLongTermStorage() {
        start();
        var created = received(portal.create(job(signerByPin()).build()));
        service.jobs().signAll(created.signatureJobId());
        PortalJobStatusChanged change = received(portal.getStatusChange());
        StepVerifier.create(portal.confirm(change)).verifyComplete();

        StepVerifier.create(portal.getPAdES(change.pAdESUrl()).saveTo(directory.resolve("late.pdf")))
                .expectErrorSatisfies(error -> refused(error, 404, "NOT_FOUND", "long-term storage"))
                .verify();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aQueueHoldsTheChangesOfItsOwnJobs() {
        start();
        var queue = new Sender(SigningService.DEFAULT_ORGANIZATION, PollingQueue.of("kø & 1+/"));
        var onTheQueue =
                received(portal.create(job(signerByPin()).withSender(queue).build()));
        var onTheDefaultQueue = received(portal.create(job(signerByPin()).build()));
        service.jobs().signAll(onTheQueue.signatureJobId());
        queueIsEmpty(portal.getStatusChange());
        service.jobs().signAll(onTheDefaultQueue.signatureJobId());

        assertThat(received(portal.getStatusChange(queue)).signatureJobId()).isEqualTo(onTheQueue.signatureJobId());
        assertThat(received(portal.getStatusChange()).signatureJobId()).isEqualTo(onTheDefaultQueue.signatureJobId());
    }

    @Test
    void aChangeThatIsNotConfirmedHidesAndComesBack() {
        start(builder -> builder.reofferAfter(Duration.ZERO));
        var created = received(portal.create(job(signerByPin()).build()));
        service.jobs().signAll(created.signatureJobId());

        PortalJobStatusChanged first = received(portal.getStatusChange());
        PortalJobStatusChanged again = received(portal.getStatusChange());

        assertThat(again.signatureJobId()).isEqualTo(first.signatureJobId());
        StepVerifier.create(portal.confirm(again)).verifyComplete();
        queueIsEmpty(portal.getStatusChange());
        assertThat(service.jobs().get(created.signatureJobId()).deliveries()).isEqualTo(2);
    }

    @Test
    void pollingTooEarlySaysWhenItIsPermitted() {
        start(builder -> builder.pollInterval(Duration.ofMinutes(10)));
        PortalJobStatusChanged none = received(portal.getStatusChange());
        assertThat(none.is(PortalJobStatus.NO_CHANGES)).isTrue();

        StepVerifier.create(portal.getStatusChange())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                TooEagerPollingException.class,
                                early -> assertThat(early.nextPermittedPollTime())
                                        .isEqualTo(none.nextPermittedPollTime())
                                        .isNotNull()))
                .verify();
    }

    @Test
    void theRateLimiterIsTold() {
        start(builder -> builder.rateLimit(1, Duration.ofMinutes(10)));

        StepVerifier.create(client.whoAmI().repeat(10).then())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isExactlyInstanceOf(UnexpectedResponseException.class)
                        .hasMessageContaining("429")
                        .hasMessageContaining("rate limiter"))
                .verify();
    }

    @Test
    void aBrokerActsForASender() {
        start(builder -> builder.authorizeBroker(SigningService.DEFAULT_ORGANIZATION, OTHER_ORGANIZATION));
        var sender = new Sender(OTHER_ORGANIZATION);

        var created =
                received(portal.create(job(signerByPin()).withSender(sender).build()));

        assertThat(service.jobs().get(created.signatureJobId()).organizationNumber())
                .isEqualTo(OTHER_ORGANIZATION);
        service.jobs().signAll(created.signatureJobId());
        queueIsEmpty(portal.getStatusChange());
        PortalJobStatusChanged change = received(portal.getStatusChange(sender));
        assertThat(change.signatureJobId()).isEqualTo(created.signatureJobId());
        assertThat(received(portal.getPAdES(change.pAdESUrl()).toByteArray(10 << 20)))
                .isNotEmpty();
        StepVerifier.create(portal.confirm(change)).verifyComplete();
        try (var asBroker = SignatureClient.create(
                TestOrganization.configuration(service).defaultSender(sender).build())) {
            StepVerifier.create(asBroker.whoAmI())
                    .expectNext("You are " + SigningService.DEFAULT_ORGANIZATION + ", operating on behalf of "
                            + OTHER_ORGANIZATION)
                    .verifyComplete();
        }
    }

    @Test
    void anOrganizationThatIsNoBrokerIsToldSo() {
        start();
        var sender = new Sender(OTHER_ORGANIZATION);

        StepVerifier.create(portal.create(job(signerByPin()).withSender(sender).build()))
                .verifyErrorMatches(Errors.refusal(400, UnexpectedResponseException.BROKER_NOT_AUTHORIZED));
        StepVerifier.create(portal.getStatusChange(sender))
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(Errors.refusal(400, UnexpectedResponseException.BROKER_NOT_AUTHORIZED))
                        .hasMessageContaining(
                                SigningService.DEFAULT_ORGANIZATION + " may not act on behalf of " + OTHER_ORGANIZATION)
                        .hasMessageContaining("Ask Posten"))
                .verify();
        assertThat(service.jobs().all()).isEmpty();
    }

    @Test
    void anOrganizationWithoutAccessIsToldSo() {
        start(builder -> builder.withoutAccess(SigningService.DEFAULT_ORGANIZATION));

        StepVerifier.create(client.whoAmI())
                .expectErrorSatisfies(error -> refused(error, 403, "NOT_AUTHORIZED", "Ask Posten for access"))
                .verify();
    }

    @Test
    void whoAmIGivesTheServicesWords() {
        start();

        StepVerifier.create(client.whoAmI())
                .expectNext("You are " + SigningService.DEFAULT_ORGANIZATION)
                .verifyComplete();
    }

    @Test
    void documentsOverTheServicesLimitAreRefusedWithTheLimit() {
        start(builder -> builder.documentLimit(1000));
        Flux<ByteBuffer> thousandAndOne = Flux.just(ByteBuffer.allocate(1000), ByteBuffer.allocate(1));
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", thousandAndOne)
                                .build()),
                        List.of(signerByPin()))
                .build();

        StepVerifier.create(portal.create(job))
                .expectErrorSatisfies(error -> {
                    refused(error, 400, "ASICE_VALIDATION_FAILED", "the limit is 1000 bytes");
                    assertThat(error).hasMessageContaining("1001 bytes");
                })
                .verify();
    }

    @Test
    void whatPrivateOrganizationsCannotHaveIsRefused() {
        start(builder -> builder.privateOrganization(SigningService.DEFAULT_ORGANIZATION));

        StepVerifier.create(portal.create(job(signerByPin()).build()))
                .expectErrorSatisfies(error -> refused(error, 400, "FEATURE_NOT_AVAILABLE", "not enabled"))
                .verify();
    }

    @Test
    void aClockThatIsWrongIsBlamed() {
        start();
        try (var late = SignatureClient.create(TestOrganization.configuration(service)
                .clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1)))
                .build())) {
            StepVerifier.create(late.portal().create(job(signerByPin()).build()))
                    .expectErrorSatisfies(error -> refused(
                            error, 400, "ASICE_VALIDATION_FAILED", "differs from the clock of the service by -"))
                    .verify();
        }
    }

    @Test
    void aMissingFileFailsTheCreateWithItsOwnErrorAndNoJobComesOfIt() {
        start();
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", directory.resolve("missing.pdf"))
                                .build()),
                        List.of(signerByPin()))
                .build();

        StepVerifier.create(portal.create(job))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("Document 1 of 1")
                        .hasCauseInstanceOf(NoSuchFileException.class))
                .verify();

        stop();
        assertThat(service.observations().completeRequests(Operation.CREATE)).isZero();
        assertThat(service.jobs().all()).isEmpty();
    }

    @Test
    void aCancelledCreateIsNeverACompleteRequest() throws Exception {
        start();
        var underWay = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        var sent = new AtomicInteger();
        Flux<ByteBuffer> endless = Flux.<ByteBuffer>generate(sink -> {
                    if (sent.addAndGet(8192) > 4 << 20) {
                        underWay.countDown();
                    }
                    sink.next(ByteBuffer.allocate(8192));
                })
                .doOnCancel(cancelled::countDown);
        var job = PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", endless).build()),
                        List.of(signerByPin()))
                .build();

        var create = portal.create(job).subscribe();
        assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
        create.dispose();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        stop();
        assertThat(service.observations().startedRequests(Operation.CREATE)).isOne();
        assertThat(service.observations().completeRequests(Operation.CREATE)).isZero();
        assertThat(service.jobs().all()).isEmpty();
    }

    @Test
    void aCertificateForTheHostNameIsAsGoodAsOneForNone() {
        start(builder -> builder.serverCertificate(ServerCertificate.ISSUED_FOR_LOCALHOST));

        StepVerifier.create(client.whoAmI()).expectNextCount(1).verifyComplete();
    }

    private void start() {
        start(builder -> builder);
    }

    private void start(UnaryOperator<SigningService.Builder> how) {
        service = how.apply(SigningService.builder().pollInterval(Duration.ZERO).documentsDeletableAfter(Duration.ZERO))
                .start();
        running = true;
        client = SignatureClient.create(TestOrganization.configuration(service).build());
        portal = client.portal();
    }

    private static PortalSigner signerByPin() {
        return PortalSigner.identifiedByPersonalIdentificationNumber(PIN, NotificationsUsingLookup.EMAIL_ONLY)
                .build();
    }

    private static PortalJob.Builder job(PortalSigner... signers) {
        return PortalJob.builder(
                "Styremøte",
                List.of(PortalDocument.builder("Protokoll", TestPdf.ofPages(2)).build()),
                List.of(signers));
    }

    private static <T> T received(Mono<T> answer) {
        return answer.block(Duration.ofSeconds(30));
    }

    private static void queueIsEmpty(Mono<PortalJobStatusChanged> poll) {
        assertThat(received(poll).is(PortalJobStatus.NO_CHANGES)).isTrue();
    }

    private static void refused(Throwable error, int status, String code, String message) {
        assertThat(error)
                .isInstanceOfSatisfying(UnexpectedResponseException.class, refused -> {
                    assertThat(refused.httpStatus()).isEqualTo(status);
                    assertThat(refused.errorCode()).isEqualTo(code);
                })
                .hasMessageContaining(message);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
