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
import io.github.signaturereactive.job.DocumentsNotDeletableException;
import io.github.signaturereactive.job.NoSignerUrlException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.SenderNotSpecifiedException;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.xml.Messages;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The direct flow: create a job, send each signer's browser to its redirect URL, and when the signer is back, ask for the status
 * with the token that came along; then download what has been signed, and confirm. Or poll for status changes, as in the portal
 * flow. Got from {@link SignatureClient#direct()}, which also says what holds for all calls. Direct jobs cannot be cancelled.
 */
public final class DirectClient {

    private static final JobStatusQueue.Reading<DirectJobStatusResponse> READING = new JobStatusQueue.Reading<>(
            Messages::readDirectJobStatus,
            DirectJobStatusResponse::withNextPermittedPollTime,
            DirectJobStatusResponse::signatureJobId,
            DirectJobStatusResponse::identity);

    private final ApiClient api;
    private final JobFlow<DirectJobStatusResponse> flow;

    DirectClient(ClientConfiguration configuration, ApiClient api, PollPermits permits) {
        this.api = api;
        this.flow = new JobFlow<>("direct", configuration, api, permits, READING, DirectJobStatusResponse.noChanges());
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
    public Mono<DirectJobResponse> create(DirectJob job) {
        return flow.create(
                        job,
                        sender -> Messages.directJobRequest(job, sender),
                        (sender, names) -> Messages.directJobManifest(job, sender, names),
                        Messages::readDirectJobResponse)
                .checkpoint("DirectClient.create");
    }

    /**
     * Gets a new redirect URL for a signer. Each works once, so get one each time a signer's browser is to be sent to the
     * service.
     *
     * @param signer the signer as the service described it, or the stored URL, see {@link SignerUrl#of}
     * @return the signer with the new redirect URL; or {@link NoSignerUrlException} if there is no URL to ask for it at
     */
    public Mono<DirectSignerResponse> requestNewRedirectUrl(WithSignerUrl signer) {
        return Mono.defer(() -> {
                    @Nullable SignerUrl url = signer.signerUrl();
                    return url == null
                            ? Mono.error(new NoSignerUrlException())
                            : api.post(
                                    Operation.NEW_REDIRECT_URL,
                                    url.url(),
                                    Messages.directSignerUpdateRequest(),
                                    response -> response.read(Messages::readDirectSignerResponse));
                })
                .checkpoint("DirectClient.requestNewRedirectUrl");
    }

    /**
     * Asks for the status of a job whose signer has come back to an exit URL. Only for jobs whose status is not polled.
     *
     * @param reference the job's status URL with the token that the signer brought
     * @return the status; or {@link io.github.signaturereactive.job.InvalidStatusQueryTokenException} if the token is wrong or
     *     used; or {@link io.github.signaturereactive.job.CantQueryStatusException} if the signer is not back yet
     */
    public Mono<DirectJobStatusResponse> getStatus(StatusReference reference) {
        return api.get(Operation.STATUS, reference.statusUrl(), flow::read).checkpoint("DirectClient.getStatus");
    }

    /** Polls the queue of the default sender, as {@link #getStatusChange(Sender)}. */
    public Mono<DirectJobStatusResponse> getStatusChange() {
        return flow.getStatusChange(null).checkpoint("DirectClient.getStatusChange");
    }

    /**
     * Polls a queue once, on which arrive the status changes of jobs created with
     * {@link io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING}. What is fetched is hidden from others for ten
     * minutes and then offered again, until it is confirmed.
     *
     * @param sender whose queue, and which
     * @return a status change, or one with status {@link DirectJobStatus#NO_CHANGES} if the queue is empty; or
     *     {@link io.github.signaturereactive.job.TooEagerPollingException} if it is too early to poll
     */
    public Mono<DirectJobStatusResponse> getStatusChange(Sender sender) {
        return flow.getStatusChange(sender).checkpoint("DirectClient.getStatusChange");
    }

    /** The status changes of the default sender's queue, as {@link #statusChanges(Sender)}. */
    public StatusChanges<DirectJobStatusResponse> statusChanges() {
        return flow.statusChanges(null);
    }

    /**
     * All status changes of a queue, as they come, each processed and then confirmed. The result describes the polling and is
     * subscribed to by {@link StatusChanges#confirmAfter} or {@link StatusChanges#receive}. Only jobs created with
     * {@link io.github.signaturereactive.direct.StatusRetrievalMethod#POLLING} are among them.
     *
     * @param sender whose queue, and which
     */
    public StatusChanges<DirectJobStatusResponse> statusChanges(Sender sender) {
        return flow.statusChanges(sender);
    }

    /**
     * Confirms that a status has been dealt with; the service will not offer it again. After the confirmation of the last
     * status of a job, its documents are gone, unless the service stores them for the sender.
     *
     * @param status the status, or the reference it came with
     * @return completes when the service has taken the confirmation, or at once if there is nothing to confirm
     */
    public Mono<Void> confirm(Confirmable status) {
        return flow.confirm(status).checkpoint("DirectClient.confirm");
    }

    /**
     * Deletes the documents of a job that all have signed, 24 hours after the last signature at the earliest. If a document is
     * still to be forwarded to a signer's mailbox, it can take up to seven days until the service offers the deletion.
     *
     * @param job the job as its status described it, or the URL that came with it
     * @return completes when the documents are deleted; or {@link DocumentsNotDeletableException} if there is no URL for it
     */
    public Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return flow.deleteDocuments(job).checkpoint("DirectClient.deleteDocuments");
    }

    /** The signed document with all signatures, a PDF. Nothing is sent before the download is subscribed to. */
    public DocumentDownload getPAdES(PAdESReference reference) {
        return flow.getPAdES(reference);
    }

    /** One signer's signature, an XML file. Nothing is sent before the download is subscribed to. */
    public DocumentDownload getXAdES(XAdESReference reference) {
        return flow.getXAdES(reference);
    }
}
