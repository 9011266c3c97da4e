package io.github.signaturereactive.signingservice.api;

import io.github.signaturereactive.signingservice.certificate.CertificateAuthority;
import io.github.signaturereactive.signingservice.job.JobRequest;
import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.pages.SigningUrls;
import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.Caller;
import io.github.signaturereactive.signingservice.protocol.Dom;
import io.github.signaturereactive.signingservice.protocol.Flow;
import io.github.signaturereactive.signingservice.protocol.PollingQueue;
import io.github.signaturereactive.signingservice.protocol.Response;
import io.github.signaturereactive.signingservice.protocol.Route;
import io.github.signaturereactive.signingservice.protocol.XmlMessage;
import io.github.signaturereactive.signingservice.signature.BundleSignature;
import io.github.signaturereactive.signingservice.signature.BundleVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** The operations of the API on jobs. The caller's access has already been checked. */
public final class JobOperations {

    private final JobStore jobs;
    private final SigningUrls signing;
    private final Settings settings;
    private final BusinessRules rules;
    private final Observations observations;

    /** Creates the operations on these jobs. */
    public JobOperations(JobStore jobs, SigningUrls signing, Settings settings, Observations observations) {
        this.jobs = jobs;
        this.signing = signing;
        this.settings = settings;
        this.rules = new BusinessRules(settings.privateOrganizations());
        this.observations = observations;
    }

    /** Creates a job from an upload, or refuses it. Reads files and computes, so do not call it on an event loop. */
    Response create(Route route, Caller caller, Upload upload, URI root) {
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
            return Response.xml(200, created(job, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] created(SignatureJob job, URI root) {
        if (job.queue().flow() == Flow.PORTAL) {
            return PortalMessages.created(job, root);
        }
        List<URI> redirectUrls = job.signers().stream()
                .map(signer -> signing.redirectUrl(jobs.newRedirectKey(signer)))
                .toList();
        return DirectMessages.created(job, root, redirectUrls);
    }

    Response poll(Route route, String queueName, URI root) {
        PollingQueue queue = route.queue(queueName);
        JobStore.Poll<byte[]> poll = jobs.poll(queue, job -> status(job, root));
        if (!poll.permitted()) {
            observations.polledEarly(new Observations.EarlyPoll(
                    queue.organizationNumber(), queue.name(), settings.clock().instant(), poll.nextPermittedTime()));
        }
        Response response = poll.change()
                .map(change -> Response.xml(200, change))
                .orElseGet(() -> Response.empty(poll.permitted() ? 204 : 429));
        return response.with(Response.PERMITTED_POLL_TIME, XmlMessage.dateTime(poll.nextPermittedTime()));
    }

    /** Returns the status of a direct job for a status query token. */
    Response status(Route route, String token, URI root) {
        return Response.xml(200, jobs.of(route, job -> {
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
    Response newRedirectUrl(Route route, byte[] request, URI root) {
        if (Dom.child(JobRequest.validated(request, "direct-signer-update-request"), "redirect-url")
                .isEmpty()) {
            throw ApiException.invalidXml("The request asks for nothing: it has no redirect-url");
        }
        return Response.xml(200, jobs.of(route, job -> {
            SignatureJob.Signer signer = job.signers().stream()
                    .filter(s -> s.index() == route.number() - 1)
                    .findFirst()
                    .orElseThrow(() -> ApiException.notFound("There is no signer " + route.number()));
            if (signer.status() != SignerStatus.WAITING) {
                throw new ApiException(
                        409, "SIGNER_NOT_WAITING", "Signer " + route.number() + " is " + signer.status());
            }
            URI redirectUrl = signing.redirectUrl(jobs.newRedirectKey(signer));
            return DirectMessages.signer(job, signer, root, redirectUrl);
        }));
    }

    Response confirm(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> {
            job.change().confirm(route.number());
            observations.confirmed(new Observations.Confirmation(job.id(), now));
        });
        return Response.empty(200);
    }

    Response cancel(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> job.cancel(now));
        return Response.empty(204);
    }

    Response deleteDocuments(Route route) {
        Instant now = settings.clock().instant();
        jobs.act(route, job -> settings.retention().delete(job, now));
        return Response.empty(200);
    }
}
