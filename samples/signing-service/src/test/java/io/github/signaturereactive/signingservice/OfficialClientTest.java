package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static no.digipost.signature.client.portal.PortalJobStatus.COMPLETED_SUCCESSFULLY;
import static no.digipost.signature.client.portal.PortalJobStatus.FAILED;
import static no.digipost.signature.client.portal.PortalJobStatus.IN_PROGRESS;
import static no.digipost.signature.client.portal.PortalJobStatus.NO_CHANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import no.digipost.signature.client.core.DocumentType;
import no.digipost.signature.client.core.IdentifierInSignedDocuments;
import no.digipost.signature.client.core.OnBehalfOf;
import no.digipost.signature.client.core.PollingQueue;
import no.digipost.signature.client.core.Sender;
import no.digipost.signature.client.core.exceptions.BrokerNotAuthorizedException;
import no.digipost.signature.client.core.exceptions.JobCannotBeCancelledException;
import no.digipost.signature.client.core.exceptions.TooEagerPollingException;
import no.digipost.signature.client.portal.PortalClient;
import no.digipost.signature.client.portal.PortalDocument;
import no.digipost.signature.client.portal.PortalJob;
import no.digipost.signature.client.portal.PortalJobResponse;
import no.digipost.signature.client.portal.PortalJobStatusChanged;
import no.digipost.signature.client.portal.PortalSigner;
import no.digipost.signature.client.portal.Signature;
import no.digipost.signature.client.portal.SignatureStatus;
import no.digipost.signature.client.portal.SignerIdentifier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The unmodified official client works with the service, so the service implements the protocol. */
class OfficialClientTest {

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private PortalClient client;

    @BeforeEach
    void start() {
        service = SigningService.builder()
                .clock(clock)
                .longTermStorage(true)
                .documentsDeletableAfter(Duration.ZERO)
                .authorizeBroker("987654321", SigningService.DEFAULT_ORGANIZATION)
                .start();
        client = OfficialClient.of(service, clock);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aJobIsCreatedSignedPolledDownloadedConfirmedAndItsDocumentsDeleted() throws IOException {
        PortalJobResponse created = client.create(PortalJob.builder(
                        "Minutes of the board",
                        List.of(OfficialClient.document("Minutes"), OfficialClient.document("Årsmelding (2) & co")),
                        List.of(OfficialClient.signer(OfficialClient.FIRST_PIN)))
                .withReference("minutes-17")
                .build());
        service.jobs().sign(created.getSignatureJobId(), 0);

        PortalJobStatusChanged change = client.getStatusChange();

        assertThat(change.getSignatureJobId()).isEqualTo(created.getSignatureJobId());
        assertThat(change.getReference()).isEqualTo("minutes-17");
        assertThat(change.is(COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(change.isPAdESAvailable()).isTrue();
        assertThat(change.getSignatures()).singleElement().satisfies(signature -> {
            assertThat(signature.getSigner()).isEqualTo(OfficialClient.FIRST_PIN);
            assertThat(signature.getStatus()).isEqualTo(SignatureStatus.SIGNED);
            assertThat(signature.getStatusDateTime()).isEqualTo(clock.instant());
        });

        try (InputStream pades = client.getPAdES(change.getpAdESUrl());
                PDDocument pdf = Loader.loadPDF(pades.readAllBytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(3);
            assertThat(pdf.getSignatureDictionaries()).hasSize(1);
        }
        try (InputStream xades = client.getXAdES(change.getSignatures().get(0).getxAdESUrl())) {
            assertThat(Schemas.SIGNATURES
                            .validate(xades.readAllBytes())
                            .getElementsByTagNameNS("*", "Signature")
                            .getLength())
                    .isOne();
        }

        client.confirm(change);
        assertThat(job(created).confirmed()).isTrue();
        client.deleteDocuments(change.getDeleteDocumentsUrl());
        assertThat(job(created).documentsDeleted()).isTrue();
        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
    }

    @Test
    void signersByContactInformationAreToldApart() {
        PortalJobResponse created = client.create(OfficialClient.job(
                        PortalSigner.identifiedByEmail("chair@board.example")
                                .onBehalfOf(OnBehalfOf.OTHER)
                                .build(),
                        PortalSigner.identifiedByMobileNumber("+4799999999").build(),
                        PortalSigner.identifiedByEmailAndMobileNumber("both@board.example", "+4798888888")
                                .build())
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.NAME)
                .build());

        service.jobs().sign(created.getSignatureJobId(), SignerSelector.mobileNumber("+4799999999"));
        PortalJobStatusChanged first = client.getStatusChange();

        assertThat(first.is(IN_PROGRESS)).isTrue();
        assertThat(status(first, SignerIdentifier.identifiedByEmailAddress("chair@board.example")))
                .isEqualTo(SignatureStatus.WAITING);
        assertThat(status(first, SignerIdentifier.identifiedByMobileNumber("+4799999999")))
                .isEqualTo(SignatureStatus.SIGNED);
        client.confirm(first);

        service.jobs().block(created.getSignatureJobId(), SignerSelector.email("both@board.example"));
        PortalJobStatusChanged last = client.getStatusChange();

        assertThat(last.is(FAILED)).isTrue();
        assertThat(status(
                        last,
                        SignerIdentifier.identifiedByEmailAddressAndMobileNumber("both@board.example", "+4798888888")))
                .isEqualTo(SignatureStatus.BLOCKED);
        assertThat(status(last, SignerIdentifier.identifiedByEmailAddress("chair@board.example")))
                .isEqualTo(SignatureStatus.NOT_APPLICABLE);
    }

    @Test
    void aJobIsCancelledAndCannotBeCancelledTwice() {
        PortalJobResponse created = create(OfficialClient.signer(OfficialClient.FIRST_PIN));

        client.cancel(created);

        assertThat(job(created).cancelled()).isTrue();
        PortalJobStatusChanged change = client.getStatusChange();
        assertThat(change.is(FAILED)).isTrue();
        assertThat(change.getSignatures()).extracting(Signature::getStatus).containsExactly(SignatureStatus.CANCELLED);
        assertThatExceptionOfType(JobCannotBeCancelledException.class).isThrownBy(() -> client.cancel(created));
    }

    @Test
    void aRejectedJobHasFailed() {
        PortalJobResponse created = create(
                OfficialClient.signer(OfficialClient.FIRST_PIN), OfficialClient.signer(OfficialClient.SECOND_PIN));
        service.jobs()
                .reject(
                        created.getSignatureJobId(),
                        SignerSelector.personalIdentificationNumber(OfficialClient.SECOND_PIN));

        PortalJobStatusChanged change = client.getStatusChange();

        assertThat(change.is(FAILED)).isTrue();
        assertThat(change.getSignatures())
                .extracting(Signature::getStatus)
                .containsExactly(SignatureStatus.NOT_APPLICABLE, SignatureStatus.REJECTED);
        assertThat(change.isPAdESAvailable()).isFalse();
    }

    @Test
    void anUnfinishedPadesHoldsTheSignaturesSoFar() throws IOException {
        PortalJobResponse created = create(
                OfficialClient.signer(OfficialClient.FIRST_PIN, 1),
                OfficialClient.signer(OfficialClient.SECOND_PIN, 2));
        service.jobs().sign(created.getSignatureJobId(), 0);
        PortalJobStatusChanged unfinished = client.getStatusChange();
        assertThat(signatures(unfinished)).isOne();
        client.confirm(unfinished);

        service.jobs().sign(created.getSignatureJobId(), 1);

        assertThat(signatures(client.getStatusChange())).isEqualTo(2);
    }

    @Test
    void everyQueueHasItsOwnJobs() {
        Sender board = new Sender(SigningService.DEFAULT_ORGANIZATION, PollingQueue.of("kø & 1+/"));
        PortalJobResponse created = client.create(OfficialClient.job(OfficialClient.signer(OfficialClient.FIRST_PIN))
                .withSender(board)
                .build());
        service.jobs().signAll(created.getSignatureJobId());

        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
        assertThat(client.getStatusChange(board).getSignatureJobId()).isEqualTo(created.getSignatureJobId());
    }

    @Test
    void pollingBeforeTheTimeIsTooEager() {
        PortalJobStatusChanged none = client.getStatusChange();
        assertThat(none.getNextPermittedPollTime()).isEqualTo(clock.instant().plusSeconds(1));

        assertThatExceptionOfType(TooEagerPollingException.class).isThrownBy(client::getStatusChange);

        clock.advance(Duration.ofSeconds(1));
        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
        assertThat(service.observations().earlyPolls())
                .isNotEmpty() // the client's HTTP library retries after a 429
                .allSatisfy(poll -> assertThat(poll.permitted()).isEqualTo(none.getNextPermittedPollTime()));
    }

    @Test
    void anUnconfirmedChangeComesBackAfterTenMinutes() {
        PortalJobResponse created = create(OfficialClient.signer(OfficialClient.FIRST_PIN));
        service.jobs().sign(created.getSignatureJobId(), 0);
        assertThat(client.getStatusChange().is(COMPLETED_SUCCESSFULLY)).isTrue();

        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
        clock.advance(Duration.ofMinutes(10));
        PortalJobStatusChanged again = client.getStatusChange();

        assertThat(again.getSignatureJobId()).isEqualTo(created.getSignatureJobId());
        client.confirm(again);
        clock.advance(Duration.ofMinutes(10));
        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
        assertThat(job(created).deliveries()).isEqualTo(2);
    }

    @Test
    void aBrokerWhoIsAuthorizedMayAndOneWhoIsNotMayNot() {
        PortalJob job = OfficialClient.job(OfficialClient.signer(OfficialClient.FIRST_PIN))
                .build();
        PortalClient broker = OfficialClient.of(
                service, clock, service.issueClientCertificate("987654321"), SigningService.DEFAULT_ORGANIZATION);
        PortalClient stranger = OfficialClient.of(
                service, clock, service.issueClientCertificate("111111111"), SigningService.DEFAULT_ORGANIZATION);

        assertThat(job(broker.create(job)).organizationNumber()).isEqualTo(SigningService.DEFAULT_ORGANIZATION);
        assertThatExceptionOfType(BrokerNotAuthorizedException.class).isThrownBy(() -> stranger.create(job));
    }

    @Test
    void textDocumentsAreSetInPages() throws IOException {
        String text = "Hei på deg\n".repeat(100);
        PortalJobResponse created = client.create(PortalJob.builder(
                        "Minutes",
                        PortalDocument.builder("Text", text.getBytes(UTF_8))
                                .type(DocumentType.TXT)
                                .build(),
                        OfficialClient.signer(OfficialClient.FIRST_PIN))
                .build());
        service.jobs().sign(created.getSignatureJobId(), 0);

        try (InputStream pades = client.getPAdES(client.getStatusChange().getpAdESUrl());
                PDDocument pdf = Loader.loadPDF(pades.readAllBytes())) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(3);
            assertThat(new PDFTextStripper().getText(pdf)).contains("Hei på deg");
        }
    }

    private PortalJobResponse create(PortalSigner... signers) {
        return client.create(OfficialClient.job(signers).build());
    }

    private JobSnapshot job(PortalJobResponse created) {
        return service.jobs().get(created.getSignatureJobId());
    }

    private int signatures(PortalJobStatusChanged change) throws IOException {
        try (InputStream pades = client.getPAdES(change.getpAdESUrl());
                PDDocument pdf = Loader.loadPDF(pades.readAllBytes())) {
            return pdf.getSignatureDictionaries().size();
        }
    }

    private static SignatureStatus status(PortalJobStatusChanged change, SignerIdentifier signer) {
        return change.getSignatureFrom(signer).getStatus();
    }
}
