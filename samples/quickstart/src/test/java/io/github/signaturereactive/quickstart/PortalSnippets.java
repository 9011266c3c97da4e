package io.github.signaturereactive.quickstart;

import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.SignatureClient;
import io.github.signaturereactive.job.ArchiveOwner;
import io.github.signaturereactive.job.AuthenticationLevel;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.job.IdentifierInSignedDocuments;
import io.github.signaturereactive.job.OnBehalfOf;
import io.github.signaturereactive.job.PollingQueue;
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
import io.github.signaturereactive.portal.SignerIdentifier;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The Java code of docs/portal.md. Each region between two markers is quoted there literally. */
@SuppressWarnings("unused") // only compiled
final class PortalSnippets {

    private PortalSnippets() {}

    static Mono<PortalJobResponse> create(SignatureClient signature) {
        // [create
        PortalClient portal = signature.portal();

        PortalDocument contract =
                PortalDocument.builder("Contract", Path.of("contract.pdf")).build();
        PortalDocument terms = PortalDocument.builder("Terms", Path.of("terms.txt"))
                .type(DocumentType.TXT)
                .build();
        PortalSigner kari = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                .build();
        PortalSigner ola = PortalSigner.identifiedByEmail("ola@example.com").build();

        PortalJob job = PortalJob.builder("Purchase of a boat", List.of(contract, terms), List.of(kari, ola))
                .withNonsensitiveTitle("Contract")
                .withDescription("Please read both documents before you sign.")
                .withReference("boat-4711")
                .build();

        Mono<PortalJobResponse> created = portal.create(job);
        // create]
        return created;
    }

    static List<PortalDocument> documents(byte[] bytes, Flux<ByteBuffer> publisher) {
        // [sources
        PortalDocument fromFile =
                PortalDocument.builder("Agreement", Path.of("agreement.pdf")).build();
        PortalDocument fromMemory = PortalDocument.builder("Map", bytes).build();
        PortalDocument fromPublisher =
                PortalDocument.builder("Pictures", publisher).build();
        // sources]
        return List.of(fromFile, fromMemory, fromPublisher);
    }

    static List<PortalSigner> signers() {
        // [signers
        PortalSigner lookedUp = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "12345678910", NotificationsUsingLookup.EMAIL_AND_SMS)
                .build();
        PortalSigner notified = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "12345678910",
                        Notifications.builder()
                                .withEmailTo("kari@example.com")
                                .withSmsTo("99887766")
                                .build())
                .build();
        PortalSigner byEmail =
                PortalSigner.identifiedByEmail("kari@example.com").build();
        PortalSigner byMobileNumber =
                PortalSigner.identifiedByMobileNumber("99887766").build();
        PortalSigner byBoth = PortalSigner.identifiedByEmailAndMobileNumber("kari@example.com", "99887766")
                .build();
        // signers]
        return List.of(lookedUp, notified, byEmail, byMobileNumber, byBoth);
    }

    static PortalSigner onBehalfOf() {
        // [behalf
        PortalSigner manager = PortalSigner.identifiedByEmail("manager@company.example")
                .onBehalfOf(OnBehalfOf.OTHER)
                .build();
        // behalf]
        return manager;
    }

    static List<PortalSigner> order() {
        // [order
        PortalSigner tenant = PortalSigner.identifiedByEmail("tenant@example.com")
                .withOrder(1)
                .build();
        PortalSigner guarantor = PortalSigner.identifiedByEmail("guarantor@example.com")
                .withOrder(1)
                .build();
        PortalSigner landlord = PortalSigner.identifiedByEmail("landlord@example.com")
                .withOrder(2) // invited once both of the first have signed
                .build();
        // order]
        return List.of(tenant, guarantor, landlord);
    }

    static PortalJob availability(List<PortalDocument> documents, List<PortalSigner> signers) {
        // [availability
        PortalJob job = PortalJob.builder("Purchase of a boat", documents, signers)
                .withActivationTime(OffsetDateTime.parse("2027-01-04T08:00:00+01:00"))
                .availableFor(Duration.ofDays(30))
                .build();
        // availability]
        return job;
    }

    static PortalJob type(List<PortalDocument> documents) {
        // [type
        PortalSigner advanced = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "12345678910", NotificationsUsingLookup.EMAIL_ONLY)
                .withSignatureType(SignatureType.ADVANCED_SIGNATURE)
                .build();
        PortalSigner authenticated = PortalSigner.identifiedByPersonalIdentificationNumber(
                        "10987654321", NotificationsUsingLookup.EMAIL_ONLY)
                .withSignatureType(SignatureType.AUTHENTICATED_SIGNATURE)
                .build();
        PortalJob job = PortalJob.builder("Purchase of a boat", documents, List.of(advanced, authenticated))
                .requireAuthentication(AuthenticationLevel.FOUR)
                .withIdentifierInSignedDocuments(IdentifierInSignedDocuments.PERSONAL_IDENTIFICATION_NUMBER_AND_NAME)
                .build();
        // type]
        return job;
    }

    static Mono<Void> cancel(PortalClient portal, PortalJobResponse created, Function<PortalJobResponse, URI> stored) {
        // [cancel
        Mono<Void> now = portal.cancel(created);
        Mono<Void> later = portal.cancel(CancellationUrl.of(stored.apply(created)))
                // It is too late if the job is already completed, failed or cancelled.
                .onErrorComplete(
                        error -> error instanceof UnexpectedResponseException refused && refused.httpStatus() == 409);
        // cancel]
        return now.then(later);
    }

    static Flux<PortalJobStatusChanged> changes(
            PortalClient portal, Work work, Function<PortalJobStatusChanged, Mono<Void>> store) {
        // [changes
        Flux<PortalJobStatusChanged> confirmed = portal.statusChanges().confirmAfter(change -> {
            if (change.is(PortalJobStatus.COMPLETED_SUCCESSFULLY)) { // all have signed
                return portal.getPAdES(change.pAdESUrl())
                        .saveTo(work.file(change)) // before the confirmation: then the service drops it
                        .then(work.complete(change));
            }
            if (change.is(PortalJobStatus.FAILED)) {
                return work.giveUp(change); // somebody rejected, or time ran out
            }
            return work.progress(change); // IN_PROGRESS: somebody has signed
        });
        // changes]
        return confirmed;
    }

    /** The processing of status changes by an application. */
    interface Work {
        Path file(PortalJobStatusChanged change);

        Mono<Void> complete(PortalJobStatusChanged change);

        Mono<Void> giveUp(PortalJobStatusChanged change);

        Mono<Void> progress(PortalJobStatusChanged change);
    }

    static Mono<PortalJobStatusChanged> once(PortalClient portal, Function<PortalJobStatusChanged, Mono<Void>> store) {
        // [poll
        Mono<PortalJobStatusChanged> processed = portal.getStatusChange()
                .filter(change -> !change.is(PortalJobStatus.NO_CHANGES))
                .delayUntil(store) // saves the signed document, too
                .delayUntil(portal::confirm)
                .onErrorResume(
                        TooEagerPollingException.class,
                        early -> Mono.empty()); // early.nextPermittedPollTime() tells when
        // poll]
        return processed;
    }

    static void signatures(PortalJobStatusChanged change) {
        // [signatures
        for (PortalSignature signature : change.signatures()) {
            if (signature.is(SignatureStatus.REJECTED)) {
                OffsetDateTime since = signature.since();
            }
        }
        Optional<PortalSignature> hers =
                change.signatureOf(SignerIdentifier.identifiedByEmailAddress("kari@example.com"));
        Optional<PortalSignature> sameNumber =
                change.signatureOfNormalized(SignerIdentifier.identifiedByMobileNumber("+47 998 87 766"));
        // signatures]
    }

    static Flux<PortalJobStatusChanged> queues(
            PortalClient portal,
            List<PortalDocument> documents,
            List<PortalSigner> signers,
            Function<PortalJobStatusChanged, Mono<Void>> store) {
        // [queues
        Sender boats = new Sender("123456789", PollingQueue.of("boats"));

        PortalJob job = PortalJob.builder("Purchase of a boat", documents, signers)
                .withSender(boats)
                .build();
        Flux<PortalJobStatusChanged> confirmed =
                portal.statusChanges(boats).confirmAfter(store); // saves the signed document, too
        // queues]
        return confirmed;
    }

    static Flux<Path> documents(PortalClient portal, PortalJobStatusChanged change) {
        // [documents
        Mono<Path> pades = Mono.justOrEmpty(change.pAdESUrl())
                .flatMap(url -> portal.getPAdES(url).saveTo(Path.of("signed.pdf")));
        Flux<Path> xades = Flux.fromIterable(change.signatures())
                .filter(signature -> signature.xAdESUrl() != null)
                .index()
                .concatMap(signature -> portal.getXAdES(signature.getT2().xAdESUrl())
                        .saveTo(Path.of("signature-" + signature.getT1() + ".xml")));
        // documents]
        return pades.concatWith(xades);
    }

    static Mono<Void> delete(PortalClient portal, PortalJobStatusChanged change, URI stored) {
        // [delete
        Mono<Void> now = portal.deleteDocuments(change);
        Mono<Void> later = portal.deleteDocuments(DeleteDocumentsUrl.of(stored));
        // delete]
        return now.then(later);
    }

    static Mono<Path> archive(SignatureClient signature, String id) {
        // [archive
        DocumentDownload archived = signature.archive().getPAdES(ArchiveOwner.ofOrganizationNumber("123456789"), id);

        Mono<Path> file = archived.saveTo(Path.of("archived.pdf"));
        // archive]
        return file;
    }
}
