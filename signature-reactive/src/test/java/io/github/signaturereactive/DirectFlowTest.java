package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignature;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.direct.StatusRetrievalMethod;
import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.PreconditionException.Reason;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.UnexpectedResponseException;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The direct flow from end to end, over mutual TLS, against a service that verifies what it gets. */
class DirectFlowTest {

    private static final String PIN = "12345678910";
    private static final ExitUrls EXIT_URLS = ExitUrls.of(
            URI.create("https://sender.example/completed?case=17#signatures"),
            URI.create("https://sender.example/rejected"),
            URI.create("https://sender.example/failed"));

    private SigningService service;
    private SignatureClient client;
    private DirectClient direct;

    @BeforeEach
    void start() {
        service = SigningService.builder()
                .pollInterval(Duration.ZERO)
                .longTermStorage(true)
                .documentsDeletableAfter(Duration.ZERO)
                .start();
        client = SignatureClient.create(TestOrganization.configuration(service).build());
        direct = client.direct();
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        service.close();
    }

    @Test
    void aJobGoesAllTheWayByToken() {
        DirectJobResponse created =
                received(direct.create(job(byPin()).withReference("lease-17").build()));
        assertThat(created.reference()).isEqualTo("lease-17");
        assertThat(created.singleSigner().hasIdentifier(PIN)).isTrue();
        assertThat(created.singleSigner().redirectUrl()).asString().startsWith(service.browserUrl() + "/redirect/");

        URI exit = ceremony(created, 0, "SIGNED");
        assertThat(exit.toString())
                .startsWith("https://sender.example/completed?case=17&status_query_token=")
                .endsWith("#signatures");
        DirectJobStatusResponse status = received(direct.getStatus(reference(created, exit)));

        assertThat(status.signatureJobId()).isEqualTo(created.signatureJobId());
        assertThat(status.reference()).isEqualTo("lease-17");
        assertThat(status.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        DirectSignature signature = status.signatureOf(PIN).orElseThrow();
        assertThat(signature.is(SignerStatus.SIGNED)).isTrue();
        assertThat(signature.since()).isNotNull();
        byte[] pades = received(direct.getPAdES(status.pAdESUrl()).toByteArray(10 << 20));
        assertThat(TestPdf.pages(pades))
                .as("the document's and one about the signatures")
                .isEqualTo(3);
        assertThat(TestPdf.signatures(pades)).isOne();
        byte[] xades = received(direct.getXAdES(signature.xAdESUrl()).toByteArray(1 << 20));
        assertThat(Schemas.SIGNATURES
                        .validate(xades)
                        .getElementsByTagNameNS("*", "SignatureValue")
                        .getLength())
                .isOne();

        StepVerifier.create(direct.confirm(status)).verifyComplete();
        assertThat(service.jobs().latest().confirmed()).isTrue();
        StepVerifier.create(direct.deleteDocuments(status)).verifyComplete();
        assertThat(service.jobs().latest().documentsDeleted()).isTrue();
    }

    @Test
    void everySignerComesBackWithATokenThatWorksOnce() {
        DirectJobResponse created = received(
                direct.create(job(byPin(), byOwnIdentifier("tenant <7> & co")).build()));
        StepVerifier.create(direct.getStatus(StatusReference.of(created).withStatusQueryToken("too early")))
                .verifyErrorMatches(Errors.refusal(404, UnexpectedResponseException.SIGNING_CEREMONY_NOT_COMPLETED));

        StatusReference first = reference(created, ceremony(created, 0, "SIGNED"));
        DirectJobStatusResponse halfWay = received(direct.getStatus(first));
        assertThat(halfWay.is(DirectJobStatus.IN_PROGRESS)).isTrue();
        assertThat(halfWay.signatures())
                .extracting(DirectSignature::signer, DirectSignature::status)
                .containsExactly(tuple(PIN, SignerStatus.SIGNED), tuple("tenant <7> & co", SignerStatus.WAITING));
        StepVerifier.create(direct.deleteDocuments(halfWay))
                .verifyErrorMatches(Errors.precondition(Reason.NO_DELETE_DOCUMENTS_URL));
        StepVerifier.create(direct.getStatus(first))
                .verifyErrorMatches(Errors.refusal(403, UnexpectedResponseException.INVALID_STATUS_QUERY_TOKEN));

        DirectJobStatusResponse done = received(direct.getStatus(reference(created, ceremony(created, 1, "SIGNED"))));
        assertThat(done.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(done.signatures())
                .allSatisfy(signature -> assertThat(signature.xAdESUrl()).isNotNull());
        assertThat(TestPdf.signatures(received(direct.getPAdES(done.pAdESUrl()).toByteArray(10 << 20))))
                .isEqualTo(2);
    }

    @Test
    void storedUrlsServeInAnotherProcess() {
        DirectJobResponse created = received(direct.create(job(byPin()).build()));
        String statusUrl = created.statusUrl().toString();
        String signerUrl = created.singleSigner().signerUrl().url().toString();

        DirectSignerResponse signer = received(direct.requestNewRedirectUrl(SignerUrl.of(URI.create(signerUrl))));
        assertThat(signer.hasIdentifier(PIN)).isTrue();
        assertThat(signer.redirectUrl())
                .isNotNull()
                .isNotEqualTo(created.singleSigner().redirectUrl());

        String token = token(ceremony(created, 0, "SIGNED"));
        DirectJobStatusResponse status = received(
                direct.getStatus(StatusReference.of(URI.create(statusUrl)).withStatusQueryToken(token)));
        String deleteUrl = status.deleteDocumentsUrl().url().toString();
        StepVerifier.create(direct.deleteDocuments(DeleteDocumentsUrl.of(URI.create(deleteUrl))))
                .verifyComplete();
        assertThat(service.jobs().latest().documentsDeleted()).isTrue();
    }

    @Test
    void usedRedirectUrlIsReplacedByANewOne() throws Exception {
        DirectJobResponse created = received(direct.create(job(byPin()).build()));
        URI used = created.singleSigner().redirectUrl();
        assertThat(visited(used)).isEqualTo(303);
        assertThat(visited(used)).as("the second time").isEqualTo(410);

        for (int i = 0; i < 2; i++) {
            URI fresh = received(direct.requestNewRedirectUrl(
                            SignerUrl.of(created.singleSigner().signerUrl().url())))
                    .redirectUrl();
            assertThat(visited(fresh)).isEqualTo(303);
            assertThat(visited(fresh)).as("the second time").isEqualTo(410);
        }
    }

    private static int visited(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aNewRedirectUrlIsToBeHadWhileTheSignerWaits() {
        DirectJobResponse created = received(direct.create(job(byPin()).build()));
        DirectSignerResponse again = received(direct.requestNewRedirectUrl(created.singleSigner()));
        assertThat(received(direct.requestNewRedirectUrl(again)).redirectUrl()).isNotEqualTo(again.redirectUrl());

        service.jobs().sign(created.signatureJobId(), 0);

        StepVerifier.create(direct.requestNewRedirectUrl(again))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refused -> assertThat(refused.httpStatus()).isEqualTo(409)))
                .verify();
    }

    @Test
    void whoRejectsComesBackElsewhereAndEndsTheJob() {
        DirectJobResponse created =
                received(direct.create(job(byPin(), byOwnIdentifier("tenant-7")).build()));

        URI exit = ceremony(created, 1, "REJECTED");
        DirectJobStatusResponse status = received(direct.getStatus(reference(created, exit)));

        assertThat(exit.toString()).startsWith("https://sender.example/rejected?status_query_token=");
        assertThat(status.is(DirectJobStatus.FAILED)).isTrue();
        assertThat(status.signatures())
                .extracting(DirectSignature::status)
                .containsExactly(SignerStatus.NOT_APPLICABLE, SignerStatus.REJECTED);
        assertThat(status.isPAdESAvailable()).isFalse();
        StepVerifier.create(direct.confirm(status)).verifyComplete();
    }

    @Test
    void whatGoesWrongInTheCeremonyIsAFailure() {
        DirectJobResponse created = received(direct.create(job(byPin()).build()));

        URI exit = ceremony(created, 0, "FAILED");
        DirectJobStatusResponse status = received(direct.getStatus(reference(created, exit)));

        assertThat(exit.toString()).startsWith("https://sender.example/failed?status_query_token=");
        assertThat(status.is(DirectJobStatus.FAILED)).isTrue();
        assertThat(status.signatureOf(PIN).orElseThrow().is(SignerStatus.FAILED))
                .isTrue();
    }

    @Test
    void theStatusOfJobsThatSayItIsPolled() {
        Sender board = new Sender(SigningService.DEFAULT_ORGANIZATION, PollingQueue.of("styret & 1"));
        DirectJobResponse byToken = received(direct.create(job(byPin()).build()));
        DirectJobResponse polled = received(direct.create(job(byOwnIdentifier("tenant-7"))
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .withSender(board)
                .build()));
        assertThat(polled.statusUrl()).isNull();
        service.jobs().sign(byToken.signatureJobId(), 0);
        service.jobs().sign(polled.signatureJobId(), SignerSelector.signerIdentifier("tenant-7"));

        DirectJobStatusResponse change = received(direct.getStatusChange(board));

        assertThat(change.signatureJobId()).isEqualTo(polled.signatureJobId());
        assertThat(change.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(change.nextPermittedPollTime()).isNotNull();
        StepVerifier.create(direct.confirm(change)).verifyComplete();
        assertThat(received(direct.getStatusChange(board)).is(DirectJobStatus.NO_CHANGES))
                .isTrue();
        assertThat(received(direct.getStatusChange()).is(DirectJobStatus.NO_CHANGES))
                .as("a job whose status is asked for by token")
                .isTrue();
    }

    @Test
    void thePollerConfirmsWhatHasBeenDealtWith() {
        DirectJobResponse first = received(direct.create(polledJob()));
        DirectJobResponse second = received(direct.create(polledJob()));
        service.jobs().sign(first.signatureJobId(), 0);
        service.jobs().fail(second.signatureJobId(), SignerSelector.at(0));

        StepVerifier.create(direct.statusChanges()
                        .confirmAfter(change -> Mono.empty())
                        .map(DirectJobStatusResponse::status)
                        .take(2))
                .expectNext(DirectJobStatus.COMPLETED_SUCCESSFULLY, DirectJobStatus.FAILED)
                .expectComplete()
                .verify(Duration.ofSeconds(30));

        assertThat(service.jobs().all()).allMatch(job -> job.confirmed());
    }

    @Test
    void signedDocumentsAreInTheArchiveAfterTheJobWasConfirmed() {
        DirectJobResponse created = received(direct.create(job(byPin()).build()));
        var owner = ArchiveOwner.ofOrganizationNumber(SigningService.DEFAULT_ORGANIZATION);
        StepVerifier.create(client.archive()
                        .getPAdES(owner, Long.toString(created.signatureJobId()))
                        .toByteArray(10 << 20))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                UnexpectedResponseException.class,
                                refused -> assertThat(refused.errorCode()).isEqualTo("NOT_FOUND")))
                .verify();

        var status = received(direct.getStatus(reference(created, ceremony(created, 0, "SIGNED"))));
        StepVerifier.create(direct.confirm(status)).verifyComplete();
        String id = service.jobs().get(created.signatureJobId()).archiveId().orElseThrow();

        assertThat(TestPdf.signatures(
                        received(client.archive().getPAdES(owner, id).toByteArray(10 << 20))))
                .isOne();
    }

    private URI ceremony(DirectJobResponse created, int signer, String status) {
        return service.jobs()
                .completeSession(
                        created.signatureJobId(),
                        SignerSelector.at(signer),
                        io.github.signaturereactive.signingservice.job.SignerStatus.valueOf(status));
    }

    private static StatusReference reference(DirectJobResponse created, URI exit) {
        return StatusReference.of(created).withStatusQueryToken(token(exit));
    }

    private static String token(URI exit) {
        return new QueryStringDecoder(exit)
                .parameters()
                .get(StatusReference.STATUS_QUERY_TOKEN_PARAM_NAME)
                .get(0);
    }

    private static DirectSigner byPin() {
        return DirectSigner.withPersonalIdentificationNumber(PIN).build();
    }

    private static DirectSigner byOwnIdentifier(String identifier) {
        return DirectSigner.withCustomIdentifier(identifier).build();
    }

    private static DirectJob polledJob() {
        return job(byPin()).retrieveStatusBy(StatusRetrievalMethod.POLLING).build();
    }

    private static DirectJob.Builder job(DirectSigner... signers) {
        return DirectJob.builder(
                "Leiekontrakt",
                List.of(DirectDocument.builder("Kontrakt", TestPdf.ofPages(2)).build()),
                List.of(signers),
                EXIT_URLS);
    }

    private static <T> T received(Mono<T> answer) {
        return answer.block(Duration.ofSeconds(30));
    }
}
