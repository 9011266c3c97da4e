package io.github.signaturereactive;

import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.job.Cancellable;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.UnexpectedResponseException;
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
 * A client for the portal flow, where the service notifies signers and they sign in its web portal. Get it from {@link
 * SignatureClient#portal()}. See {@link SignatureClient} for threads and errors.
 *
 * <p>The steps are:
 *
 * <ol>
 *   <li>{@linkplain #create Create} a job.
 *   <li>{@linkplain #statusChanges(Sender) Poll} for status changes.
 *   <li>Download the signed documents.
 *   <li>{@linkplain #confirm Confirm} each status change.
 * </ol>
 */
public final class PortalClient {

    private final ApiClient api;
    private final JobFlow<PortalJobStatusChanged> flow;

    PortalClient(ClientConfiguration configuration, ApiClient api, PollPermits permits) {
        this.api = api;
        this.flow = new JobFlow<>(
                "portal",
                configuration,
                api,
                permits,
                Messages::readPortalJobStatusChange,
                PortalJobStatusChanged::noChanges);
    }

    /**
     * Creates a job ({@code portal-signature-job-request}). Documents are read while they are sent, with the back-pressure of the
     * connection, so memory use does not depend on their size.
     *
     * <p>The request is not idempotent, and the client does not retry it. There is one exception: if access tokens are configured and
     * the service rejects the token, the request is sent again, once, with a new token. The service checks tokens before it creates the
     * job. The publishers of documents are then subscribed to again.
     *
     * <p>Cancelling closes the connection and cancels the publishers of documents. If the request was incomplete, the service does not
     * create the job.
     *
     * <p>Besides the errors of all calls, the Mono errors with {@link PreconditionException} if neither the job nor the
     * configuration has a sender or if the documents exceed the size limit, with {@link java.io.UncheckedIOException} if a file cannot
     * be read, and with the unchanged error of a document's publisher. Only repeat the call after an error that {@linkplain
     * io.github.signaturereactive.job.SignatureException#isTransient() is transient}. After another one, the job may exist.
     *
     * @param job the job
     * @return a Mono that emits the created job ({@code portal-signature-job-response})
     */
    public Mono<PortalJobResponse> create(PortalJob job) {
        return flow.create(
                        job,
                        sender -> Messages.portalJobRequest(job, sender),
                        (sender, names) -> Messages.portalJobManifest(job, sender, names),
                        Messages::readPortalJobResponse)
                .checkpoint("PortalClient.create");
    }

    /**
     * Polls the queue of the default sender once. See {@link #getStatusChange(Sender)}.
     *
     * @return a Mono that emits the status change. It errors with {@link PreconditionException} if there is no default sender
     */
    public Mono<PortalJobStatusChanged> getStatusChange() {
        return flow.getStatusChange(null).checkpoint("PortalClient.getStatusChange");
    }

    /**
     * Polls a queue once. Prefer {@link #statusChanges(Sender)}, which polls at the permitted times and confirms.
     *
     * <p>The service hides a delivered status change for 10 minutes. It delivers the change again until it is {@linkplain #confirm
     * confirmed}.
     *
     * @param sender the organization and its polling queue
     * @return a Mono that emits a status change ({@code portal-signature-job-status-change-response}), or a status change with {@link
     *     PortalJobStatus#NO_CHANGES} if the queue is empty. It errors with {@link
     *     io.github.signaturereactive.job.TooEagerPollingException} before the next permitted poll time
     */
    public Mono<PortalJobStatusChanged> getStatusChange(Sender sender) {
        return flow.getStatusChange(sender).checkpoint("PortalClient.getStatusChange");
    }

    /**
     * Returns the status changes of the default sender's queue. See {@link #statusChanges(Sender)}.
     *
     * @return the status changes
     * @throws PreconditionException if there is no default sender
     */
    public StatusChanges<PortalJobStatusChanged> statusChanges() {
        return flow.statusChanges(null);
    }

    /**
     * Returns the status changes of a queue. Polling starts with a subscription to {@link StatusChanges#confirmAfter} or {@link
     * StatusChanges#receive}.
     *
     * @param sender the organization and its polling queue
     * @return the status changes
     */
    public StatusChanges<PortalJobStatusChanged> statusChanges(Sender sender) {
        return flow.statusChanges(sender);
    }

    /**
     * Confirms that a status change is processed. The service does not deliver a confirmed status change again. Download the documents
     * before you confirm the final status change of a job: the service then deletes them, unless the sender has long-term storage.
     *
     * @param change the status change or its confirmation reference
     * @return a Mono that completes when the service has accepted the confirmation, or at once if the status change has no confirmation
     *     URL
     */
    public Mono<Void> confirm(Confirmable change) {
        return flow.confirm(change).checkpoint("PortalClient.confirm");
    }

    /**
     * Cancels a job that is in progress.
     *
     * @param job the created job, a status change of the job, or the stored cancellation URL
     * @return a Mono that completes when the job is cancelled. It errors with {@link PreconditionException} if the job has no
     *     cancellation URL, and with {@link UnexpectedResponseException} with HTTP status 409 if the job is already completed, failed
     *     or cancelled
     */
    public Mono<Void> cancel(Cancellable job) {
        return Mono.defer(() -> {
                    @Nullable CancellationUrl url = job.cancellationUrl();
                    return url == null
                            ? Mono.error(new PreconditionException(
                                    PreconditionException.Reason.NO_CANCELLATION_URL,
                                    "This job cannot be cancelled, because the service returned no cancellation-url. Nothing"
                                            + " was sent."))
                            : api.post(Operation.CANCEL, url.url());
                })
                .checkpoint("PortalClient.cancel");
    }

    /**
     * Deletes the documents of a job. The service permits it when all signers have signed, at the earliest 24 hours after the job was
     * completed. It may take up to seven days if a document must be forwarded to a signer's digital mailbox.
     *
     * @param job a status change of the job, or the stored URL for deletion
     * @return a Mono that completes when the documents are deleted. It errors with {@link PreconditionException} if the status
     *     change has no URL for deletion
     */
    public Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return flow.deleteDocuments(job).checkpoint("PortalClient.deleteDocuments");
    }

    /**
     * Returns the download of the PAdES, the PDF document with the signatures. While the job is in progress, it only has the signatures
     * up to now. Each subscription to the download sends a request.
     *
     * @param reference the {@code pades-url} of a status change
     * @return the download
     */
    public DocumentDownload getPAdES(PAdESReference reference) {
        return flow.getPAdES(reference);
    }

    /**
     * Returns the download of the XAdES, the XML signature of one signer. Each subscription to the download sends a request.
     *
     * @param reference the {@code xades-url} of a signature
     * @return the download
     */
    public DocumentDownload getXAdES(XAdESReference reference) {
        return flow.getXAdES(reference);
    }
}
