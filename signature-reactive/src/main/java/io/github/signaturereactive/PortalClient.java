package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.DocumentsNotDeletableException;
import io.github.signaturereactive.job.NotCancellableException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.xml.Messages;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The portal flow: create a job, poll for status changes, download what has been signed, and confirm each change. Got from
 * {@link SignatureClient#portal()}, which also says what holds for all calls.
 */
public final class PortalClient {

    private static final JobStatusQueue.Reading<PortalJobStatusChanged> READING = new JobStatusQueue.Reading<>(
            Messages::readPortalJobStatusChange,
            PortalJobStatusChanged::withNextPermittedPollTime,
            PortalJobStatusChanged::signatureJobId,
            PortalJobStatusChanged::identity);

    private final ApiClient api;
    private final JobFlow<PortalJobStatusChanged> flow;

    PortalClient(ClientConfiguration configuration, ApiClient api, PollPermits permits) {
        this.api = api;
        this.flow = new JobFlow<>("portal", configuration, api, permits, READING, PortalJobStatusChanged.noChanges());
    }

    /**
     * Creates a job, once: the request is never repeated, whatever happens to the connection. (Only where access tokens are
     * configured and the service refuses one, which it does before it acts, it is repeated once with another, and documents'
     * publishers are subscribed to again.) The documents are read while
     * they are sent, at the pace of the connection; memory use does not depend on their size. Cancelling closes the
     * connection and cancels the documents' publishers, and the service never sees a complete request.
     *
     * @param job the job
     * @return the service's answer; or {@link SenderNotSpecifiedException}; or the error of a document that could not be
     *     read, as it is; or another {@link io.github.signaturereactive.job.SignatureException}. After a
     *     {@link io.github.signaturereactive.job.ServiceUnreachableException} the job may exist
     */
    public Mono<PortalJobResponse> create(PortalJob job) {
        return flow.create(
                        job,
                        sender -> Messages.portalJobRequest(job, sender),
                        (sender, names) -> Messages.portalJobManifest(job, sender, names),
                        Messages::readPortalJobResponse)
                .checkpoint("PortalClient.create");
    }

    /** Polls the queue of the default sender, as {@link #getStatusChange(Sender)}. */
    public Mono<PortalJobStatusChanged> getStatusChange() {
        return flow.getStatusChange(null).checkpoint("PortalClient.getStatusChange");
    }

    /**
     * Polls a queue once. What is fetched is hidden from others for ten minutes and then offered again, until it is
     * confirmed.
     *
     * @param sender whose queue, and which
     * @return a status change, or one with status {@link PortalJobStatus#NO_CHANGES} if the queue is empty; or
     *     {@link io.github.signaturereactive.job.TooEagerPollingException} if it is too early to poll
     */
    public Mono<PortalJobStatusChanged> getStatusChange(Sender sender) {
        return flow.getStatusChange(sender).checkpoint("PortalClient.getStatusChange");
    }

    /** The status changes of the default sender's queue, as {@link #statusChanges(Sender)}. */
    public StatusChanges<PortalJobStatusChanged> statusChanges() {
        return flow.statusChanges(null);
    }

    /**
     * All status changes of a queue, as they come, each processed and then confirmed. The result describes the polling and is
     * subscribed to by {@link StatusChanges#confirmAfter} or {@link StatusChanges#receive}.
     *
     * @param sender whose queue, and which
     */
    public StatusChanges<PortalJobStatusChanged> statusChanges(Sender sender) {
        return flow.statusChanges(sender);
    }

    /**
     * Confirms that a status change has been dealt with; the service will not offer it again. After the confirmation of the
     * last change of a job, its documents are gone, unless the service stores them for the sender.
     *
     * @param change the change, or the reference it came with
     * @return completes when the service has taken the confirmation, or at once if there is nothing to confirm
     */
    public Mono<Void> confirm(Confirmable change) {
        return flow.confirm(change).checkpoint("PortalClient.confirm");
    }

    /**
     * Cancels a job that not all have signed.
     *
     * @param job the job as its creation or a status change described it, or the URL they came with
     * @return completes when the job is cancelled; or {@link NotCancellableException} if there is no URL for it; or
     *     {@link io.github.signaturereactive.job.JobCannotBeCancelledException} if it is too late
     */
    public Mono<Void> cancel(Cancellable job) {
        return Mono.defer(() -> {
                    @Nullable CancellationUrl url = job.cancellationUrl();
                    return url == null
                            ? Mono.error(new NotCancellableException())
                            : api.postEmpty(Operation.CANCEL, url.url());
                })
                .checkpoint("PortalClient.cancel");
    }

    /**
     * Deletes the documents of a job that all have signed, 24 hours after the last signature at the earliest. If a document is
     * still to be forwarded to a signer's mailbox, it can take up to seven days until the service offers the deletion.
     *
     * @param job the job as a status change described it, or the URL that came with it
     * @return completes when the documents are deleted; or {@link DocumentsNotDeletableException} if there is no URL for it
     */
    public Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return flow.deleteDocuments(job).checkpoint("PortalClient.deleteDocuments");
    }

    /** The signed document with all signatures made so far, a PDF. Nothing is sent before the download is subscribed to. */
    public DocumentDownload getPAdES(PAdESReference reference) {
        return flow.getPAdES(reference);
    }

    /** One signer's signature, an XML file. Nothing is sent before the download is subscribed to. */
    public DocumentDownload getXAdES(XAdESReference reference) {
        return flow.getXAdES(reference);
    }
}
