package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PollingQueue;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SignatureType;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.signature.BundleEntry;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.assertj3.XmlAssert;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whatever the official client does, ours does alike, and each can go on where the other left off. */
class OfficialClientTest {

    private static final byte[] PDF = TestPdf.ofPages(1);
    private static final byte[] TEXT = "Vedlegg til låneavtalen".getBytes(UTF_8);
    private static final String PIN = "12345678910";
    private static final OffsetDateTime ACTIVATION = OffsetDateTime.parse("2026-03-02T10:00:00.125+01:00");

    private SigningService service;
    private SignatureClient client;
    private PortalClient ours;
    private no.digipost.signature.client.portal.PortalClient theirs;

    @BeforeEach
    void start() throws IOException {
        service = SigningService.builder()
                .pollInterval(Duration.ZERO)
                .longTermStorage(true)
                .documentsDeletableAfter(Duration.ZERO)
                .start();
        client = SignatureClient.create(TestOrganization.configuration(service).build());
        ours = client.portal();
        theirs = new no.digipost.signature.client.portal.PortalClient(officialConfiguration());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        service.close();
    }

    /** A job as both clients' builders make it. */
    record SameJob(String name, PortalJob ours, no.digipost.signature.client.portal.PortalJob theirs) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<SameJob> jobs() {
        return Stream.of(
                new SameJob("as little as possible", minimal(), officialMinimal()),
                new SameJob("everything there is", complete(), officialComplete()),
                new SameJob("looked-up addresses", lookup(), officialLookup()));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theSameJobIsTheSameRequestAndTheSameBundle(SameJob job) {
        long oursId = received(ours.create(job.ours())).signatureJobId();
        long theirsId = theirs.create(job.theirs()).getSignatureJobId();

        ReceivedBundle ourBundle = service.jobs().get(oursId).received();
        ReceivedBundle theirBundle = service.jobs().get(theirsId).received();

        // They declare namespaces that nothing uses, which no comparison of XML looks at.
        XmlAssert.assertThat(ourBundle.requestXml())
                .and(theirBundle.requestXml())
                .ignoreWhitespace()
                .areSimilar();
        XmlAssert.assertThat(withTimesInUtc(manifest(ourBundle)))
                .and(withTimesInUtc(withoutOrderZero(withoutEmptyAvailability(manifest(theirBundle)))))
                .ignoreWhitespace()
                .areSimilar();
        assertThat(ourBundle.entries())
                .extracting(BundleEntry::name)
                .containsExactlyElementsOf(
                        theirBundle.entries().stream().map(BundleEntry::name).toList());
        assertThat(documents(ourBundle)).isEqualTo(documents(theirBundle));
        assertThat(references(ourBundle)).isEqualTo(references(theirBundle)).isNotEmpty();
        assertThat(formats(ourBundle)).isEqualTo(formats(theirBundle)).isNotEmpty();
    }

    /** Their quirk: an {@code availability} with nothing in it where the job says nothing about it. */
    private static Document withoutEmptyAvailability(Document manifest) {
        elements(manifest, "availability")
                .filter(availability -> !availability.hasChildNodes())
                .forEach(availability -> availability.getParentNode().removeChild(availability));
        return manifest;
    }

    /** Their quirk: {@code order="0"}, the default, on every signer that was given none. */
    private static Document withoutOrderZero(Document manifest) {
        elements(manifest, "signer")
                .filter(signer -> signer.getAttribute("order").equals("0"))
                .forEach(signer -> signer.removeAttribute("order"));
        return manifest;
    }

    /** Their quirk: the activation time in the time zone of the clock, where ours keeps the offset it was given in. */
    private static Document withTimesInUtc(Document manifest) {
        elements(manifest, "activation-time")
                .forEach(time -> time.setTextContent(
                        OffsetDateTime.parse(time.getTextContent()).toInstant().toString()));
        return manifest;
    }

    @Test
    void theOfficialClientGoesOnWithAJobOfOurs() throws IOException {
        var created = received(ours.create(minimal()));
        service.jobs().signAll(created.signatureJobId());

        var change = theirs.getStatusChange();

        assertThat(change.getSignatureJobId()).isEqualTo(created.signatureJobId());
        assertThat(change.is(no.digipost.signature.client.portal.PortalJobStatus.COMPLETED_SUCCESSFULLY))
                .isTrue();
        try (InputStream pades = theirs.getPAdES(change.getpAdESUrl())) {
            assertThat(pades.readAllBytes())
                    .isEqualTo(service(change.getpAdESUrl().getpAdESUrl()));
        }
        theirs.confirm(change);
        assertThat(service.jobs().get(created.signatureJobId()).confirmed()).isTrue();
    }

    @Test
    void weGoOnWithAJobOfTheOfficialClient() {
        var created = theirs.create(officialMinimal());
        service.jobs().signAll(created.getSignatureJobId());

        PortalJobStatusChanged change = received(ours.getStatusChange());

        assertThat(change.signatureJobId()).isEqualTo(created.getSignatureJobId());
        assertThat(change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        assertThat(change.signatures().get(0).signer())
                .isEqualTo(minimal().signers().get(0).identifier());
        byte[] pades = received(ours.getPAdES(change.pAdESUrl()).toByteArray(1 << 20));
        assertThat(TestPdf.signatures(pades)).isOne();
        StepVerifier.create(ours.confirm(change)).verifyComplete();
        assertThat(service.jobs().get(created.getSignatureJobId()).confirmed()).isTrue();
        StepVerifier.create(ours.deleteDocuments(change)).verifyComplete();
    }

    @Test
    void eachCancelsTheOthersJobs() {
        var ourJob = received(ours.create(minimal()));
        var theirJob = theirs.create(officialMinimal());

        theirs.cancel(() -> no.digipost.signature.client.portal.CancellationUrl.of(
                ourJob.cancellationUrl().url()));
        StepVerifier.create(ours.cancel(
                        CancellationUrl.of(theirJob.getCancellationUrl().getUrl())))
                .verifyComplete();

        assertThat(service.jobs().all()).hasSize(2).allMatch(job -> job.cancelled());
    }

    @Test
    void bothPollTheSameQueues() {
        long id = received(ours.create(complete())).signatureJobId();
        service.jobs().expire(id);
        var sender = new no.digipost.signature.client.core.Sender(
                SigningService.DEFAULT_ORGANIZATION, no.digipost.signature.client.core.PollingQueue.of("kø & 1+/"));

        assertThat(received(ours.getStatusChange()).is(PortalJobStatus.NO_CHANGES))
                .isTrue();
        assertThat(theirs.getStatusChange().is(no.digipost.signature.client.portal.PortalJobStatus.NO_CHANGES))
                .isTrue();
        assertThat(theirs.getStatusChange(sender).getSignatureJobId()).isEqualTo(id);
    }

    private static PortalJob minimal() {
        return PortalJob.builder(
                        "Låneavtale",
                        List.of(PortalDocument.builder("Låneavtale (2) ÆØÅ & <co>", PDF)
                                .build()),
                        List.of(PortalSigner.identifiedByEmail("kari@example.com")
                                .build()))
                .build();
    }

    private static no.digipost.signature.client.portal.PortalJob officialMinimal() {
        return no.digipost.signature.client.portal.PortalJob.builder(
                        "Låneavtale",
                        List.of(no.digipost.signature.client.portal.PortalDocument.builder(
                                        "Låneavtale (2) ÆØÅ & <co>", PDF)
                                .build()),
                        List.of(no.digipost.signature.client.portal.PortalSigner.identifiedByEmail("kari@example.com")
                                .build()))
                .build();
    }

    private static PortalJob complete() {
        var notifications = Notifications.builder()
                .withEmailTo("ola@example.com")
                .withSmsTo("+4799999999")
                .build();
        return PortalJob.builder(
                        "Låneavtale & \"vedlegg\"",
                        List.of(
                                PortalDocument.builder("Avtale", PDF).build(),
                                PortalDocument.builder("Avtale", TEXT)
                                        .type(DocumentType.TXT)
                                        .build()),
                        List.of(
                                PortalSigner.identifiedByPersonalIdentificationNumber(PIN, notifications)
                                        .withOrder(1)
                                        .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                                        .onBehalfOf(OnBehalfOf.OTHER)
                                        .build(),
                                PortalSigner.identifiedByMobileNumber("99999998")
                                        .withOrder(2)
                                        .onBehalfOf(OnBehalfOf.SELF)
                                        .build(),
                                PortalSigner.identifiedByEmailAndMobileNumber("<kari>@example.com", "99999997")
                                        .withOrder(2)
                                        .build()))
                .withSender(new Sender(SigningService.DEFAULT_ORGANIZATION, PollingQueue.of("kø & 1+/")))
                .withReference("lån-17")
                .withNonsensitiveTitle("Avtale")
                .withDescription("Les dette først:\n1 < 2 ]]> 3")
                .withActivationTime(ACTIVATION)
                .availableFor(Duration.ofDays(30))
                .requireAuthentication(AuthenticationLevel.THREE)
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.DATE_OF_BIRTH_AND_NAME)
                .build();
    }

    private static no.digipost.signature.client.portal.PortalJob officialComplete() {
        var notifications = no.digipost.signature.client.portal.Notifications.builder()
                .withEmailTo("ola@example.com")
                .withSmsTo("+4799999999")
                .build();
        return no.digipost.signature.client.portal.PortalJob.builder(
                        "Låneavtale & \"vedlegg\"",
                        List.of(
                                no.digipost.signature.client.portal.PortalDocument.builder("Avtale", PDF)
                                        .build(),
                                no.digipost.signature.client.portal.PortalDocument.builder("Avtale", TEXT)
                                        .type(no.digipost.signature.client.core.DocumentType.TXT)
                                        .build()),
                        List.of(
                                no.digipost.signature.client.portal.PortalSigner
                                        .identifiedByPersonalIdentificationNumber(PIN, notifications)
                                        .withOrder(1)
                                        .withSignatureType(
                                                no.digipost.signature.client.core.SignatureType.AUTHENTICATED_SIGNATURE)
                                        .onBehalfOf(no.digipost.signature.client.core.OnBehalfOf.OTHER)
                                        .build(),
                                no.digipost.signature.client.portal.PortalSigner.identifiedByMobileNumber("99999998")
                                        .withOrder(2)
                                        .onBehalfOf(no.digipost.signature.client.core.OnBehalfOf.SELF)
                                        .build(),
                                no.digipost.signature.client.portal.PortalSigner.identifiedByEmailAndMobileNumber(
                                                "<kari>@example.com", "99999997")
                                        .withOrder(2)
                                        .build()))
                .withSender(new no.digipost.signature.client.core.Sender(
                        SigningService.DEFAULT_ORGANIZATION,
                        no.digipost.signature.client.core.PollingQueue.of("kø & 1+/")))
                .withReference("lån-17")
                .withNonsensitiveTitle("Avtale")
                .withDescription("Les dette først:\n1 < 2 ]]> 3")
                .withActivationTime(ACTIVATION.toInstant())
                .availableFor(Duration.ofDays(30))
                .requireAuthentication(no.digipost.signature.client.core.AuthenticationLevel.THREE)
                .withIdentifierInSignedDocuments(
                        no.digipost.signature.client.core.IdentifierInSignedDocuments.DATE_OF_BIRTH_AND_NAME)
                .build();
    }

    private static PortalJob lookup() {
        return PortalJob.builder(
                        "Title",
                        List.of(PortalDocument.builder("Document", PDF).build()),
                        List.of(
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                PIN, NotificationsUsingLookup.EMAIL_ONLY)
                                        .build(),
                                PortalSigner.identifiedByPersonalIdentificationNumber(
                                                "01987654321", NotificationsUsingLookup.EMAIL_AND_SMS)
                                        .build()))
                .availableFor(Duration.ofSeconds(90))
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME)
                .build();
    }

    private static no.digipost.signature.client.portal.PortalJob officialLookup() {
        return no.digipost.signature.client.portal.PortalJob.builder(
                        "Title",
                        List.of(no.digipost.signature.client.portal.PortalDocument.builder("Document", PDF)
                                .build()),
                        List.of(
                                no.digipost.signature.client.portal.PortalSigner
                                        .identifiedByPersonalIdentificationNumber(
                                                PIN,
                                                no.digipost.signature.client.portal.NotificationsUsingLookup.EMAIL_ONLY)
                                        .build(),
                                no.digipost.signature.client.portal.PortalSigner
                                        .identifiedByPersonalIdentificationNumber(
                                                "01987654321",
                                                no.digipost.signature.client.portal.NotificationsUsingLookup
                                                        .EMAIL_AND_SMS)
                                        .build()))
                .availableFor(Duration.ofSeconds(90))
                .withIdentifierInSignedDocuments(
                        no.digipost.signature.client.core.IdentifierInSignedDocuments
                                .PERSONAL_IDENTIFICATION_NUMBER_AND_NAME)
                .build();
    }

    private no.digipost.signature.client.ClientConfiguration officialConfiguration() throws IOException {
        var certificate = service.clientCertificate();
        try (InputStream in = Files.newInputStream(certificate.path())) {
            return no.digipost.signature.client.ClientConfiguration.builder(
                            no.digipost.signature.client.security.KeyStoreConfig.fromOrganizationCertificate(
                                    in, certificate.password()))
                    .serviceEnvironment(new no.digipost.signature.client.ServiceEnvironment(
                            "signing service",
                            service.url(),
                            List.of(service.trustedCertificates().toString())))
                    .defaultSender(new no.digipost.signature.client.core.Sender(SigningService.DEFAULT_ORGANIZATION))
                    .build();
        }
    }

    private byte[] service(URI pades) {
        return received(ours.getPAdES(PAdESReference.of(pades)).toByteArray(1 << 20));
    }

    private static <T> T received(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(Duration.ofSeconds(30)));
    }

    private static Document manifest(ReceivedBundle bundle) {
        return Schemas.MESSAGES.validate(bundle.manifestXml());
    }

    private static List<BundleEntry> documents(ReceivedBundle bundle) {
        return bundle.entries().stream()
                .filter(entry -> !entry.name().endsWith(".xml"))
                .toList();
    }

    /** Which file has which id in the signature. */
    private static List<String> references(ReceivedBundle bundle) {
        return elements(Schemas.SIGNATURES.validate(bundle.signaturesXml()), "Reference")
                .map(reference -> reference.getAttribute("Id") + " " + reference.getAttribute("URI") + " "
                        + reference.getAttribute("Type"))
                .toList();
    }

    /** Which id is of which media type. */
    private static List<String> formats(ReceivedBundle bundle) {
        return elements(Schemas.SIGNATURES.validate(bundle.signaturesXml()), "DataObjectFormat")
                .map(format -> format.getAttribute("ObjectReference") + " "
                        + format.getTextContent().strip())
                .toList();
    }

    private static Stream<Element> elements(Document document, String name) {
        var found = document.getElementsByTagNameNS("*", name);
        List<Node> nodes =
                IntStream.range(0, found.getLength()).mapToObj(found::item).toList();
        return nodes.stream().map(Element.class::cast);
    }
}
