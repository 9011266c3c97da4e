package io.github.signaturereactive.signingservice;

import io.github.signaturereactive.schemas.SchemaViolationException;
import io.github.signaturereactive.schemas.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.w3c.dom.Element;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The operations of the portal flow, once it is clear who calls and what for. */
final class PortalFlow {

    private static final String REQUEST = "portal-signature-job-request";

    private final JobStore jobs;
    private final Settings settings;
    private final BusinessRules rules;
    private final Observations observations;
    private final Path directory;
    private final ConcurrentMap<PadesKey, Mono<Path>> pades = new ConcurrentHashMap<>();

    PortalFlow(JobStore jobs, Settings settings, Observations observations, Path directory) {
        this.jobs = jobs;
        this.settings = settings;
        this.rules = new BusinessRules(settings.privateOrganizations());
        this.observations = observations;
        this.directory = directory;
    }

    private record PadesKey(long jobId, int signatures) {}

    /** What a download is made of, as it was when asked for. */
    private record Signed(
            Manifest manifest, ReceivedBundle bundle, List<Signatory> signatories, JobSnapshot snapshot) {}

    /** Accepts what was uploaded as a job, or refuses it. Reads files and computes: not for an event loop. */
    Answer create(Route route, String caller, Upload upload, URI root) {
        try {
            Element request = request(upload.requestXml());
            BundleSignature.Terms terms = new BundleSignature.Terms(
                    CertificateAuthority.trusted().certificate(),
                    caller,
                    settings.clock(),
                    settings.enforceSigningTime());
            BundleVerification.Verified verified = new BundleVerification(terms, settings.documentLimit())
                    .verify(upload.requestXml(), upload.bundle(), Manifest.PORTAL);
            rules.check(verified.manifest(), route.organizationNumber());
            upload.keepBundle();
            SignatureJob job = jobs.create(
                    queue(route, Dom.text(request, "polling-queue").orElse("")),
                    Dom.text(request, "reference"),
                    verified.manifest(),
                    verified.bundle());
            return Answer.xml(200, PortalMessages.created(job, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Element request(byte[] xml) {
        try {
            Element request = Schemas.MESSAGES.validate(xml).getDocumentElement();
            if (!REQUEST.equals(request.getLocalName())) {
                throw Refusal.invalidXml("The job request is a " + request.getLocalName() + ", not a " + REQUEST);
            }
            return request;
        } catch (SchemaViolationException e) {
            throw Refusal.invalidXml("The job request: " + e.getMessage());
        }
    }

    Answer poll(Route route, String queueName, URI root) {
        PollingQueue queue = queue(route, queueName);
        JobStore.Poll<byte[]> poll = jobs.poll(queue, job -> PortalMessages.statusChange(job, root));
        if (!poll.permitted()) {
            observations.polledEarly(new Observations.EarlyPoll(
                    queue.organizationNumber(), queue.name(), settings.clock().instant(), poll.nextPermittedTime()));
        }
        Answer answer = poll.change()
                .map(change -> Answer.xml(200, change))
                .orElseGet(() -> Answer.empty(poll.permitted() ? 204 : 429));
        return answer.with(Answer.PERMITTED_POLL_TIME, XmlMessage.dateTime(poll.nextPermittedTime()));
    }

    Answer confirm(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route.organizationNumber(), route.jobId(), job -> {
            job.change().confirm(route.number());
            observations.confirmed(new Observations.Confirmation(job.id(), now));
        });
        return Answer.empty(200);
    }

    Answer cancel(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route.organizationNumber(), route.jobId(), job -> job.cancel(now));
        return Answer.empty(204);
    }

    Answer deleteDocuments(Route route) {
        jobs.act(route.organizationNumber(), route.jobId(), SignatureJob::deleteDocuments);
        return Answer.empty(200);
    }

    /** The signed documents, made at the first download after each signature. */
    Mono<Answer> pades(Route route) {
        return Mono.fromCallable(() -> signed(route))
                .flatMap(signed -> settings.pades()
                        .map(source -> Mono.fromCallable(() -> source.pades(signed.snapshot()))
                                .map(Body::of)
                                .subscribeOn(Schedulers.boundedElastic()))
                        .orElseGet(() -> signedPdf(signed).flatMap(PortalFlow::fileBody))
                        .map(body -> Answer.of(200, "application/octet-stream", body)));
    }

    private Mono<Path> signedPdf(Signed signed) {
        return pades.computeIfAbsent(
                new PadesKey(signed.snapshot().id(), signed.signatories().size()),
                key -> Mono.fromCallable(() ->
                                SignedPdf.make(signed.manifest(), signed.bundle(), signed.signatories(), directory))
                        .subscribeOn(Schedulers.boundedElastic())
                        .cacheInvalidateIf(file -> false));
    }

    private static Mono<Body> fileBody(Path file) {
        return Mono.fromCallable(() -> Body.of(file, Files.size(file))).subscribeOn(Schedulers.boundedElastic());
    }

    Mono<Answer> xades(Route route) {
        return Mono.fromCallable(() -> {
                    Signed signed = signed(route);
                    Signatory signatory = signed.signatories().stream()
                            .filter(s -> s.index() == route.number() - 1)
                            .findFirst()
                            .orElseThrow(() -> Refusal.notFound("There is no signature of signer " + route.number()));
                    return Answer.xml(200, XadesOfSigner.make(signed.bundle(), signatory));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Signed signed(Route route) {
        return jobs.of(route.organizationNumber(), route.jobId(), job -> {
            if (job.documentsDeleted()) {
                throw Refusal.notFound("The documents of signature job " + job.id() + " have been deleted");
            }
            if (job.finished() && !settings.longTermStorage()) {
                throw Refusal.notFound("The final status of signature job " + job.id()
                        + " has been confirmed, and its documents are not in long-term storage");
            }
            List<Signatory> signatories = Signatory.of(job);
            if (signatories.isEmpty()) {
                throw Refusal.notFound("Nobody has signed signature job " + job.id());
            }
            return new Signed(job.manifest(), job.received(), signatories, job.snapshot());
        });
    }

    private static PollingQueue queue(Route route, String name) {
        return new PollingQueue(PollingQueue.Flow.PORTAL, route.organizationNumber(), name);
    }
}
