package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.DirectClient;
import io.github.signaturereactive.DocumentDownload;
import io.github.signaturereactive.PortalClient;
import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.SignatureException;
import io.github.signaturereactive.portal.NotificationsUsingLookup;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignerIdentifier;
import io.github.signaturereactive.portal.SignerIdentifier.ContactInformation;
import io.github.signaturereactive.portal.SignerIdentifier.PersonalIdentificationNumber;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Creates and updates jobs, both at the service and in the database. */
@Component
final class SignatureJobService {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureJobService.class);

    private final DirectClient direct;
    private final PortalClient portal;
    private final SignatureJobRepository jobs;
    private final SignedDocuments documents;
    private final PublicUrl publicUrl;
    private final JobChangeNotifier notifier;
    private final Clock clock;

    SignatureJobService(
            DirectClient direct,
            PortalClient portal,
            SignatureJobRepository jobs,
            SignedDocuments documents,
            PublicUrl publicUrl,
            JobChangeNotifier notifier,
            Clock clock) {
        this.direct = direct;
        this.portal = portal;
        this.jobs = jobs;
        this.documents = documents;
        this.publicUrl = publicUrl;
        this.notifier = notifier;
        this.clock = clock;
    }

    /**
     * Stores the job, sends it to the service, and emits the URL of the next page. The job is stored first, and its
     * id is sent as the reference. Each status change can then be assigned to its job, also after a crash.
     */
    Mono<URI> create(NewJob wanted) {
        return Mono.fromCallable(() -> stored(wanted))
                .subscribeOn(Schedulers.boundedElastic()) // random ids are read from a file
                .flatMap(job -> Mono.usingWhen(
                        jobs.add(job).thenReturn(job),
                        added -> wanted.flow() == Flow.DIRECT ? createDirect(wanted, job) : createPortal(wanted, job),
                        created -> Mono.empty(),
                        (added, error) ->
                                jobs.notSent(job.id(), Problem.of(error).text()),
                        cancelled ->
                                jobs.notSent(job.id(), "The browser went away while the documents were being sent.")));
    }

    private SignatureJob stored(NewJob wanted) {
        return new SignatureJob(
                UUID.randomUUID().toString(),
                wanted.flow(),
                wanted.title(),
                JobStatus.SENDING,
                null,
                OffsetDateTime.now(clock),
                SignatureJob.Service.UNKNOWN,
                null,
                wanted.documents().stream().map(NewJob.Document::title).toList(),
                wanted.signers().stream()
                        .map(signer -> new Signer(Signer.text(signer), Signer.WAITING))
                        .toList(),
                List.of());
    }

    private Mono<URI> createDirect(NewJob wanted, SignatureJob job) {
        List<DirectDocument> documents = wanted.documents().stream()
                .map(document -> DirectDocument.builder(document.title(), document.file())
                        .build())
                .toList();
        List<DirectSigner> signers = job.signers().stream()
                .map(signer -> DirectSigner.withPersonalIdentificationNumber(signer.identifier())
                        .build())
                .toList();
        URI page = publicUrl.of(Pages.of(job.id()) + "/");
        DirectJob description = DirectJob.builder(
                        wanted.title(),
                        documents,
                        signers,
                        ExitUrls.of(page.resolve("completed"), page.resolve("rejected"), page.resolve("failed")))
                .withReference(job.id())
                .build();
        return direct.create(description)
                .flatMap(created -> jobs.sent(job.id(), service(created)))
                .thenReturn(Pages.signing(job.id()));
    }

    private static SignatureJob.Service service(DirectJobResponse created) {
        SignerUrl signer = created.singleSigner().signerUrl();
        return SignatureJob.Service.created(
                created.signatureJobId(), created.statusUrl(), signer == null ? null : signer.url());
    }

    private Mono<URI> createPortal(NewJob wanted, SignatureJob job) {
        List<PortalDocument> documents = wanted.documents().stream()
                .map(document -> PortalDocument.builder(document.title(), document.file())
                        .build())
                .toList();
        List<PortalSigner> signers = IntStream.range(0, wanted.signers().size())
                .mapToObj(place -> signer(wanted.signers().get(place))
                        .withOrder(wanted.inOrder() ? place : 0)
                        .build())
                .toList();
        PortalJob description = PortalJob.builder(wanted.title(), documents, signers)
                .withReference(job.id())
                .build();
        return portal.create(description)
                .flatMap(created ->
                        jobs.sent(job.id(), SignatureJob.Service.created(created.signatureJobId(), null, null)))
                .thenReturn(Pages.of(job.id()));
    }

    private static PortalSigner.Builder signer(SignerIdentifier identifier) {
        if (identifier instanceof PersonalIdentificationNumber number) {
            return PortalSigner.identifiedByPersonalIdentificationNumber(
                    number.value(), NotificationsUsingLookup.EMAIL_ONLY);
        }
        if (identifier instanceof ContactInformation contact) {
            return contact.emailAddress() != null
                    ? PortalSigner.identifiedByEmail(contact.emailAddress())
                    : PortalSigner.identifiedByMobileNumber(String.valueOf(contact.mobileNumber()));
        }
        throw new IllegalArgumentException("A signer is identified by nothing that is known");
    }

    /** Emits a new redirect URL for the signer of a direct job. A redirect URL can be used only once. */
    Mono<URI> newRedirectUrl(SignatureJob job) {
        return Mono.justOrEmpty(job.service().signerUrl())
                .flatMap(url -> direct.requestNewRedirectUrl(SignerUrl.of(url)))
                .mapNotNull(DirectSignerResponse::redirectUrl)
                .filter(url -> "https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                .switchIfEmpty(Mono.error(() -> new NoSuchElementException("This job cannot be signed here")));
    }

    /**
     * Fetches the status of a direct job with the token from the redirect, and applies it. A token can be used once.
     * Later errors are therefore not shown to the browser: {@link UnconfirmedStatuses} retries.
     */
    Mono<Void> applyStatus(SignatureJob job, String token) {
        return Mono.justOrEmpty(job.service().statusUrl())
                .flatMap(url -> direct.getStatus(StatusReference.of(url).withStatusQueryToken(token)))
                .flatMap(status -> apply(StatusChange.of(status)))
                .flatMap(changed -> finish(changed).onErrorResume(SignatureException.class, error -> {
                    LOG.warn("The status of {} cannot be confirmed yet: {}", job.id(), error.getMessage());
                    return Mono.empty();
                }));
    }

    /**
     * Applies a change of a portal job and saves its signed document. Completes when the change may be confirmed: all
     * its data is in the database and on disk, possibly since an earlier delivery.
     */
    Mono<Void> process(StatusChange change) {
        return apply(change).flatMap(this::save);
    }

    /**
     * Saves the signed document of a direct job and then confirms its status, unless that has been done. The service
     * deletes the document on confirmation, unless it stores documents for the sender.
     */
    Mono<Void> finish(SignatureJob job) {
        URI confirmationUrl = job.service().confirmationUrl();
        return confirmationUrl == null
                ? save(job)
                : save(job)
                        .then(direct.confirm(ConfirmationReference.of(confirmationUrl)))
                        .then(jobs.confirmed(job.id()));
    }

    /** Applies a change, notifies the pages, and emits the updated job. */
    private Mono<SignatureJob> apply(StatusChange change) {
        return jobs.apply(change)
                .doOnNext(now -> {
                    if (now) {
                        LOG.info("Job {} is {} now", change.signatureJobId(), change.status());
                        notifier.notifyChanged(change.job());
                    } else {
                        LOG.info("Job {} being {} was delivered again", change.signatureJobId(), change.status());
                    }
                })
                .then(jobs.find(change.job()));
    }

    private Mono<Void> save(SignatureJob job) {
        if (!job.isToBeSaved()) {
            return Mono.empty();
        }
        DocumentDownload document = signedDocument(job).named(job.title() + ".pdf");
        return documents
                .save(job.id(), document)
                .flatMap(file -> jobs.saved(job.id(), new SignatureJob.SavedDocument(file, document.fileName())))
                .doOnSuccess(done -> notifier.notifyChanged(job.id()));
    }

    private DocumentDownload signedDocument(SignatureJob job) {
        PAdESReference reference =
                PAdESReference.of(Objects.requireNonNull(job.service().pAdESUrl(), "PAdES URL"));
        return job.flow() == Flow.DIRECT ? direct.getPAdES(reference) : portal.getPAdES(reference);
    }
}
