package io.github.signaturereactive.signingservice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The operations of the API on jobs. The caller's access has already been checked. */
final class JobOperations {

    private final JobStore jobs;
    private final SigningAddress signing;
    private final Settings settings;
    private final BusinessRules rules;
    private final Observations observations;

    JobOperations(JobStore jobs, SigningAddress signing, Settings settings, Observations observations) {
        this.jobs = jobs;
        this.signing = signing;
        this.settings = settings;
        this.rules = new BusinessRules(settings.privateOrganizations());
        this.observations = observations;
    }

    /** Creates a job from an upload, or refuses it. Reads files and computes, so do not call it on an event loop. */
    Answer create(Route route, Caller caller, Upload upload, URI root) {
        Flow flow = route.flow().orElseThrow();
        try {
            JobRequest request = JobRequest.read(upload.requestXml(), flow);
            BundleSignature.Terms terms = new BundleSignature.Terms(
                    CertificateAuthority.trusted().certificate(),
                    caller,
                    settings.clock(),
                    settings.enforceSigningTime());
            BundleVerification.Verified verified = new BundleVerification(terms, settings.documentLimit())
                    .verify(upload.requestXml(), upload.bundle(), flow.manifestElement());
            rules.check(verified.manifest(), route.organizationNumber());
            upload.keepBundle();
            SignatureJob job =
                    jobs.create(route.queue(request.pollingQueue()), request, verified.manifest(), verified.bundle());
            return Answer.xml(200, created(job, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] created(SignatureJob job, URI root) {
        if (job.queue().flow() == Flow.PORTAL) {
            return PortalMessages.created(job, root);
        }
        List<URI> redirectUrls = job.signers().stream()
                .map(signer -> signing.redirectUrl(jobs.newRedirect(signer)))
                .toList();
        return DirectMessages.created(job, root, redirectUrls);
    }

    Answer poll(Route route, String queueName, URI root) {
        PollingQueue queue = route.queue(queueName);
        JobStore.Poll<byte[]> poll = jobs.poll(queue, job -> status(job, root));
        if (!poll.permitted()) {
            observations.polledEarly(new Observations.EarlyPoll(
                    queue.organizationNumber(), queue.name(), settings.clock().instant(), poll.nextPermittedTime()));
        }
        Answer answer = poll.change()
                .map(change -> Answer.xml(200, change))
                .orElseGet(() -> Answer.empty(poll.permitted() ? 204 : 429));
        return answer.with(Answer.PERMITTED_POLL_TIME, XmlMessage.dateTime(poll.nextPermittedTime()));
    }

    /** Returns the status of a direct job for a status query token. */
    Answer status(Route route, String token, URI root) {
        return Answer.xml(200, jobs.of(route, job -> {
            job.useStatusQueryToken(token);
            return status(job, root);
        }));
    }

    private byte[] status(SignatureJob job, URI root) {
        Instant now = settings.clock().instant();
        return job.queue().flow() == Flow.PORTAL
                ? PortalMessages.statusChange(job, root, settings.retention(), now)
                : DirectMessages.status(job, root, settings.retention(), now);
    }

    /**
     * Creates another redirect URL for one signer. Validates XML and draws random numbers, so do not call it on an
     * event loop.
     */
    Answer newRedirectUrl(Route route, byte[] request, URI root) {
        if (Dom.child(JobRequest.validated(request, "direct-signer-update-request"), "redirect-url")
                .isEmpty()) {
            throw Refusal.invalidXml("The request asks for nothing: it has no redirect-url");
        }
        return Answer.xml(200, jobs.of(route, job -> {
            SignatureJob.Signer signer = job.signers().stream()
                    .filter(s -> s.index() == route.number() - 1)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("There is no signer " + route.number()));
            if (signer.status() != SignerStatus.WAITING) {
                throw new Refusal(409, "SIGNER_NOT_WAITING", "Signer " + route.number() + " is " + signer.status());
            }
            URI redirectUrl = signing.redirectUrl(signer.ceremony().redirect());
            return DirectMessages.signer(job, signer, root, redirectUrl);
        }));
    }

    Answer confirm(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> {
            job.change().confirm(route.number());
            observations.confirmed(new Observations.Confirmation(job.id(), now));
        });
        return Answer.empty(200);
    }

    Answer cancel(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> job.cancel(now));
        return Answer.empty(204);
    }

    Answer deleteDocuments(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> settings.retention().delete(job, now));
        return Answer.empty(200);
    }
}
