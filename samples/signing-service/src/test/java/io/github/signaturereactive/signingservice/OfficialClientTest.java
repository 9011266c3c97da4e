package io.github.signaturereactive.signingservice;

import static no.digipost.signature.client.portal.PortalJobStatus.COMPLETED_SUCCESSFULLY;
import static no.digipost.signature.client.portal.PortalJobStatus.NO_CHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.schemas.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import no.digipost.signature.client.portal.PortalClient;
import no.digipost.signature.client.portal.PortalJob;
import no.digipost.signature.client.portal.PortalJobResponse;
import no.digipost.signature.client.portal.PortalJobStatusChanged;
import no.digipost.signature.client.portal.SignatureStatus;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OfficialClientTest {

    private final SetClock clock = SetClock.now();
    private SigningService service;
    private PortalClient client;

    @BeforeEach
    void start() {
        service = SigningService.builder().clock(clock).start();
        client = OfficialClient.of(service);
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
        assertThat(service.jobs().get(created.getSignatureJobId()).confirmed()).isTrue();
        client.deleteDocuments(change.getDeleteDocumentsUrl());
        assertThat(service.jobs().get(created.getSignatureJobId()).documentsDeleted())
                .isTrue();
        assertThat(client.getStatusChange().is(NO_CHANGES)).isTrue();
    }
}
