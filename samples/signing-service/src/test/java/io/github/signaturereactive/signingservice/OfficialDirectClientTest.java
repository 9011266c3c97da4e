package io.github.signaturereactive.signingservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import no.digipost.signature.client.archive.ArchiveClient;
import no.digipost.signature.client.archive.ArchiveOwner;
import no.digipost.signature.client.core.PollingQueue;
import no.digipost.signature.client.core.Sender;
import no.digipost.signature.client.core.exceptions.CantQueryStatusException;
import no.digipost.signature.client.core.exceptions.InvalidStatusQueryTokenException;
import no.digipost.signature.client.direct.DirectClient;
import no.digipost.signature.client.direct.DirectDocument;
import no.digipost.signature.client.direct.DirectJob;
import no.digipost.signature.client.direct.DirectJobResponse;
import no.digipost.signature.client.direct.DirectJobStatus;
import no.digipost.signature.client.direct.DirectJobStatusResponse;
import no.digipost.signature.client.direct.DirectSigner;
import no.digipost.signature.client.direct.ExitUrls;
import no.digipost.signature.client.direct.Signature;
import no.digipost.signature.client.direct.StatusReference;
import no.digipost.signature.client.direct.StatusRetrievalMethod;
import no.digipost.signature.client.direct.WithSignerUrl;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unmodified official client works with the service in the direct flow. */
class OfficialDirectClientTest {

    private static final ExitUrls EXIT_URLS = ExitUrls.of(
            URI.create("https://sender.example/completed?job=1&from=a%20b#top"),
            URI.create("https://sender.example/rejected"),
            URI.create("https://sender.example/failed?"));

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private DirectClient client;

    @BeforeEach
    void start() {
        service = SigningService.builder()
                .clock(clock)
                .longTermStorage(true)
                .documentsDeletableAfter(Duration.ZERO)
                .start();
        client = OfficialClient.direct(service, clock);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aJobIsCreatedSignedAskedForByTokenDownloadedConfirmedAndItsDocumentsDeleted() throws IOException {
        DirectJobResponse created =
                client.create(job(byPin()).withReference("lease-1").build());
        assertThat(created.getReference()).isEqualTo("lease-1");
        assertThat(created.getSingleSigner().getPersonalIdentificationNumber()).isEqualTo(OfficialClient.FIRST_PIN);
        assertThat(created.getSingleSigner().getRedirectUrl().toString())
                .startsWith(service.browserUrl() + "/redirect/");

        URI exit = complete(created, 0, SignerStatus.SIGNED);
        assertThat(exit.toString())
                .startsWith("https://sender.example/completed?job=1&from=a%20b&status_query_token=")
                .endsWith("#top");
        DirectJobStatusResponse status = client.getStatus(reference(created, exit));

        assertThat(status.getSignatureJobId()).isEqualTo(created.getSignatureJobId());
        assertThat(status.getReference()).isEqualTo("lease-1");
        assertThat(status.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        Signature signature = status.getSignatureFrom(OfficialClient.FIRST_PIN);
        assertThat(signature.getStatus()).isEqualTo(no.digipost.signature.client.direct.SignerStatus.SIGNED);
        assertThat(signature.getStatusDateTime()).isEqualTo(clock.instant());
        assertThat(signatures(client.getPAdES(status.getpAdESUrl()))).isOne();
        try (InputStream xades = client.getXAdES(signature.getxAdESUrl())) {
            assertThat(Schemas.SIGNATURES
                            .validate(xades.readAllBytes())
                            .getElementsByTagNameNS("*", "Signature")
                            .getLength())
                    .isOne();
        }

        client.confirm(status);
        assertThat(service.jobs().latest().confirmed()).isTrue();
        ArchiveClient archive = OfficialClient.archive(service, clock);
        assertThat(signatures(archive.getPAdES(
                        ArchiveOwner.ofOrganizationNumber(SigningService.DEFAULT_ORGANIZATION),
                        service.jobs().latest().archiveId().orElseThrow())))
                .isOne();
        client.deleteDocuments(status.getDeleteDocumentsUrl());
        assertThat(service.jobs().latest().documentsDeleted()).isTrue();
    }

    @Test
    void aTokenWorksOnceAndNotBeforeTheSignerIsBack() {
        DirectJobResponse created =
                client.create(job(byPin(), byOwnIdentifier()).build());

        assertThatExceptionOfType(CantQueryStatusException.class)
                .isThrownBy(() -> client.getStatus(StatusReference.of(created).withStatusQueryToken("anything")));

        StatusReference first = reference(created, complete(created, 0, SignerStatus.SIGNED));
        DirectJobStatusResponse halfWay = client.getStatus(first);
        assertThat(halfWay.is(DirectJobStatus.IN_PROGRESS)).isTrue();
        assertThat(halfWay.getSignatureFrom("tenant & 7").getStatus())
                .isEqualTo(no.digipost.signature.client.direct.SignerStatus.WAITING);
        assertThatExceptionOfType(InvalidStatusQueryTokenException.class).isThrownBy(() -> client.getStatus(first));
        assertThatExceptionOfType(InvalidStatusQueryTokenException.class)
                .isThrownBy(() -> client.getStatus(StatusReference.of(created).withStatusQueryToken("wrong")));

        DirectJobStatusResponse done = client.getStatus(StatusReference.ofUrl(created.getStatusUrl())
                .withStatusQueryToken(token(complete(created, 1, SignerStatus.SIGNED))));
        assertThat(done.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(done.getSignatures())
                .allSatisfy(signature -> assertThat(signature.getxAdESUrl()).isNotNull());
    }

    @Test
    void whoRejectsOrFailsGoesToAnotherPlace() {
        DirectJobResponse rejected = client.create(job(byPin()).build());
        DirectJobResponse failed = client.create(job(byPin()).build());

        URI afterRejection = complete(rejected, 0, SignerStatus.REJECTED);
        URI afterFailure = complete(failed, 0, SignerStatus.FAILED);

        assertThat(afterRejection.toString()).startsWith("https://sender.example/rejected?status_query_token=");
        assertThat(afterFailure.toString()).startsWith("https://sender.example/failed?status_query_token=");
        DirectJobStatusResponse rejection = client.getStatus(reference(rejected, afterRejection));
        assertThat(rejection.is(DirectJobStatus.FAILED)).isTrue();
        assertThat(rejection.isPAdESAvailable()).isFalse();
        assertThat(rejection.getSignatures().get(0).getStatus())
                .isEqualTo(no.digipost.signature.client.direct.SignerStatus.REJECTED);
        assertThat(client.getStatus(reference(failed, afterFailure))
                        .getSignatures()
                        .get(0)
                        .getStatus())
                .isEqualTo(no.digipost.signature.client.direct.SignerStatus.FAILED);
    }

    @Test
    void onlyJobsWhoseStatusIsPolledArePolled() {
        client.create(job(byPin()).build());
        service.jobs().signAll(service.jobs().latest().id());
        Sender queue = new Sender(SigningService.DEFAULT_ORGANIZATION, PollingQueue.of("kø & 1"));
        DirectJobResponse polled = client.create(job(byOwnIdentifier())
                .retrieveStatusBy(StatusRetrievalMethod.POLLING)
                .withSender(queue)
                .build());
        assertThat(polled.getStatusUrl()).isNull();
        service.jobs().sign(polled.getSignatureJobId(), SignerSelector.signerIdentifier("tenant & 7"));

        DirectJobStatusResponse change = client.getStatusChange(queue);

        assertThat(change.getSignatureJobId()).isEqualTo(polled.getSignatureJobId());
        assertThat(change.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        client.confirm(change);
        assertThat(client.getStatusChange(queue).is(DirectJobStatus.NO_CHANGES)).isTrue();
        assertThat(client.getStatusChange().is(DirectJobStatus.NO_CHANGES)).isTrue();
    }

    @Test
    void aNewRedirectUrlIsAskedForAtTheSignersUrl() {
        DirectJobResponse created = client.create(job(byOwnIdentifier()).build());
        URI signerUrl = created.getSingleSigner().getSignerUrl();

        var again = client.requestNewRedirectUrl(WithSignerUrl.of(signerUrl));

        assertThat(again.getCustomIdentifier()).isEqualTo("tenant & 7");
        assertThat(again.getSignerUrl()).isEqualTo(signerUrl);
        assertThat(again.getRedirectUrl())
                .isNotEqualTo(created.getSingleSigner().getRedirectUrl());
    }

    private URI complete(DirectJobResponse created, int signer, SignerStatus status) {
        return service.jobs().completeSession(created.getSignatureJobId(), SignerSelector.at(signer), status);
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

    private static int signatures(InputStream pades) throws IOException {
        try (pades;
                PDDocument pdf = Loader.loadPDF(pades.readAllBytes())) {
            return pdf.getSignatureDictionaries().size();
        }
    }

    private static DirectSigner byPin() {
        return DirectSigner.withPersonalIdentificationNumber(OfficialClient.FIRST_PIN)
                .build();
    }

    private static DirectSigner byOwnIdentifier() {
        return DirectSigner.withCustomIdentifier("tenant & 7").build();
    }

    private static DirectJob.Builder job(DirectSigner... signers) {
        return DirectJob.builder(
                "Lease",
                List.of(DirectDocument.builder("Lease", Pdfs.withText("Lease")).build()),
                List.of(signers),
                EXIT_URLS);
    }
}
