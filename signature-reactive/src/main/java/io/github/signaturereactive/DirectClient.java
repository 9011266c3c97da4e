package io.github.signaturereactive;

import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.direct.WithSignerUrl;
import io.github.signaturereactive.http.ApiClient;
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
import io.github.signaturereactive.xml.Messages;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A client for the direct flow, where signers are redirected from your web pages to the service and back. Get it from {@link
 * SignatureClient#direct()}. See {@link SignatureClient} for threads and errors.
 *
 * <p>The steps are:
 *
 * <ol>
 *   <li>{@linkplain #create Create} a job.
 *   <li>Redirect the browser of each signer to the signer's redirect URL.
 *   <li>When the signer returns to an exit URL, {@linkplain #getStatus get the status} with the status query token of the exit URL.
 *       Alternatively, {@linkplain #statusChanges(Sender) poll} for status changes.
 *   <li>Download the signed documents.
 *   <li>{@linkplain #confirm Confirm} the status.
 * </ol>
 *
 * <p>Direct jobs cannot be cancelled. They expire after 30 days.
 */
public final class DirectClient {

    private final ApiClient api;
    private final JobFlow<DirectJobStatusResponse> flow;

    DirectClient(ClientConfiguration configuration, ApiClient api, PollPermits permits) {
        this.api = api;
        this.flow = new JobFlow<>(
                "direct",
                configuration,
                api,
                permits,
                Messages::readDirectJobStatus,
                DirectJobStatusResponse::noChanges);
    }

    /**
     * Creates a job ({@code direct-signature-job-request}). Documents are read while they are sent, with the back-pressure of the
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
     * @return a Mono that emits the created job ({@code direct-signature-job-response})
     */
    public Mono<DirectJobResponse> create(DirectJob job) {
        return flow.create(
                        job,
                        sender -> Messages.directJobRequest(job, sender),
                        (sender, names) -> Messages.directJobManifest(job, sender, names),
                        Messages::readDirectJobResponse)
                .checkpoint("DirectClient.create");
    }

    /**
     * Requests a new redirect URL for a signer ({@code direct-signer-update-request}). A redirect URL works once, so request a new one
     * each time before you redirect a signer.
     *
     * @param signer the signer of the create response, or the stored signer URL; see {@link SignerUrl#of}
     * @return a Mono that emits the signer with the new redirect URL ({@code direct-signer-response}). It errors with {@link
     *     PreconditionException} if the signer has no signer URL
     */
    public Mono<DirectSignerResponse> requestNewRedirectUrl(WithSignerUrl signer) {
        return Mono.defer(() -> {
                    @Nullable SignerUrl url = signer.signerUrl();
                    return url == null
                            ? Mono.error(new PreconditionException(
                                    PreconditionException.Reason.NO_SIGNER_URL,
                                    "No new redirect URL can be requested, because the service returned no href for this"
                                            + " signer. Nothing was sent."))
                            : api.post(
                                    Operation.NEW_REDIRECT_URL,
                                    url.url(),
                                    Messages.directSignerUpdateRequest(),
                                    response -> response.read(Messages::readDirectSignerResponse));
                })
                .checkpoint("DirectClient.requestNewRedirectUrl");
    }

    /**
     * Gets the status of a job after a signer has returned to an exit URL. Not for jobs with {@link
     * io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}.
     *
     * @param reference the status URL of the job with the status query token, which is the query parameter {@code status_query_token}
     *     of the exit URL
     * @return a Mono that emits the status ({@code direct-signature-job-status-response}). It errors with {@link
     *     UnexpectedResponseException}. Its error code is {@link UnexpectedResponseException#INVALID_STATUS_QUERY_TOKEN} if the token
     *     is wrong or has been used, and {@link UnexpectedResponseException#SIGNING_CEREMONY_NOT_COMPLETED} if the signer has not
     *     returned yet
     */
    public Mono<DirectJobStatusResponse> getStatus(StatusReference reference) {
        return api.get(Operation.STATUS, reference.statusUrl(), flow::read).checkpoint("DirectClient.getStatus");
    }

    /**
     * Polls the queue of the default sender once. See {@link #getStatusChange(Sender)}.
     *
     * @return a Mono that emits the status change. It errors with {@link PreconditionException} if there is no default sender
     */
    public Mono<DirectJobStatusResponse> getStatusChange() {
        return flow.getStatusChange(null).checkpoint("DirectClient.getStatusChange");
    }

    /**
     * Polls a queue once. The queue has the status changes of jobs with {@link
     * io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}. Prefer {@link #statusChanges(Sender)}, which polls at the
     * permitted times and confirms.
     *
     * <p>The service hides a delivered status change for 10 minutes. It delivers the change again until it is {@linkplain #confirm
     * confirmed}.
     *
     * @param sender the organization and its polling queue
     * @return a Mono that emits a status change, or a status change with {@link DirectJobStatus#NO_CHANGES} if the queue is empty. It
     *     errors with {@link io.github.signaturereactive.job.TooEagerPollingException} before the next permitted poll time
     */
    public Mono<DirectJobStatusResponse> getStatusChange(Sender sender) {
        return flow.getStatusChange(sender).checkpoint("DirectClient.getStatusChange");
    }

    /**
     * Returns the status changes of the default sender's queue. See {@link #statusChanges(Sender)}.
     *
     * @return the status changes
     * @throws PreconditionException if there is no default sender
     */
    public StatusChanges<DirectJobStatusResponse> statusChanges() {
        return flow.statusChanges(null);
    }

    /**
     * Returns the status changes of a queue. Polling starts with a subscription to {@link StatusChanges#confirmAfter} or {@link
     * StatusChanges#receive}. The queue has the status changes of jobs with {@link
     * io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}.
     *
     * @param sender the organization and its polling queue
     * @return the status changes
     */
    public StatusChanges<DirectJobStatusResponse> statusChanges(Sender sender) {
        return flow.statusChanges(sender);
    }

    /**
     * Confirms that a status is processed. The service does not deliver a confirmed status again. Download the documents before you
     * confirm the final status of a job: the service then deletes them, unless the sender has long-term storage.
     *
     * @param status the status or its confirmation reference
     * @return a Mono that completes when the service has accepted the confirmation, or at once if the status has no confirmation URL
     */
    public Mono<Void> confirm(Confirmable status) {
        return flow.confirm(status).checkpoint("DirectClient.confirm");
    }

    /**
     * Deletes the documents of a job. The service permits it when all signers have signed, at the earliest 24 hours after the job was
     * completed. It may take up to seven days if a document must be forwarded to a signer's digital mailbox.
     *
     * @param job a status of the job, or the stored URL for deletion
     * @return a Mono that completes when the documents are deleted. It errors with {@link PreconditionException} if the status
     *     has no URL for deletion
     */
    public Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return flow.deleteDocuments(job).checkpoint("DirectClient.deleteDocuments");
    }

    /**
     * Returns the download of the PAdES, the PDF document with the signatures of all signers. Each subscription to the download sends
     * a request.
     *
     * @param reference the {@code pades-url} of a status
     * @return the download
     */
    public DocumentDownload getPAdES(PAdESReference reference) {
        return flow.getPAdES(reference);
    }

    /**
     * Returns the download of the XAdES, the XML signature of one signer. Each subscription to the download sends a request.
     *
     * @param reference the {@code xades-url} of a status
     * @return the download
     */
    public DocumentDownload getXAdES(XAdESReference reference) {
        return flow.getXAdES(reference);
    }
}
