package io.github.signaturereactive;

import io.github.signaturereactive.asice.Bundle;
import io.github.signaturereactive.asice.Documents;
import io.github.signaturereactive.http.ApiClient;
import io.github.signaturereactive.http.ApiResponse;
import io.github.signaturereactive.http.ClientSchedulers;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.Job;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.StatusChange;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.StatusChanges;
import io.netty.buffer.ByteBufAllocator;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The operations that the direct and the portal flow share: creating jobs, polling, confirming statuses and downloading
 * documents.
 */
final class JobFlow<T extends StatusChange & Confirmable> {

    private final String name;
    private final ClientConfiguration configuration;
    private final ApiClient api;
    private final PollPermits permits;
    private final BiFunction<byte[], @Nullable Instant, T> reader;
    private final Function<@Nullable Instant, T> noChanges;

    /**
     * Creates the operations of a flow.
     *
     * @param name {@code portal} or {@code direct}, as in the paths of the API
     * @param reader reads a status change from a message and the next permitted poll time
     * @param noChanges creates the result of polling an empty queue, given the next permitted poll time
     */
    JobFlow(
            String name,
            ClientConfiguration configuration,
            ApiClient api,
            PollPermits permits,
            BiFunction<byte[], @Nullable Instant, T> reader,
            Function<@Nullable Instant, T> noChanges) {
        this.name = name;
        this.configuration = configuration;
        this.api = api;
        this.permits = permits;
        this.reader = reader;
        this.noChanges = noChanges;
    }

    /**
     * Creates a job.
     *
     * @param request writes the request, given the sender
     * @param manifest writes the manifest, given the sender and the names of the documents in the bundle
     * @param reader reads the response
     */
    <R> Mono<R> create(
            Job job,
            Function<Sender, byte[]> request,
            BiFunction<Sender, List<String>, byte[]> manifest,
            Function<byte[], R> reader) {
        return Mono.defer(() -> {
            Sender sender = configuration.senderOr(job.sender());
            ClientSchedulers schedulers = api.schedulers();
            var documents = new Documents(
                    job.documents(), configuration.maxJobSize(), schedulers.work(), schedulers.blocking());
            var bundle = new Bundle(
                    documents,
                    names -> manifest.apply(sender, names),
                    api.certificate(),
                    configuration.clock(),
                    schedulers.work(),
                    schedulers.blocking());
            ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
            return documents
                    .check()
                    .onErrorResume(error -> Mono.<Void>error(error).publishOn(schedulers.eventLoops()))
                    .then(api.create(
                            new QueueAddress(name, sender).path(),
                            request.apply(sender),
                            configuration
                                    .bundleProcessing()
                                    .accompany(
                                            job,
                                            bundle.content(allocator),
                                            schedulers.work(),
                                            schedulers.blocking(),
                                            allocator),
                            response -> response.read(reader)));
        });
    }

    /**
     * Polls once.
     *
     * @param requested the sender, or null for the default sender
     */
    Mono<T> getStatusChange(@Nullable Sender requested) {
        return Mono.defer(() -> api.get(
                Operation.POLL,
                new QueueAddress(name, configuration.senderOr(requested)).pathAndQuery(),
                response ->
                        response.status() == 204 ? noChanges.apply(response.nextPermittedPollTime()) : read(response)));
    }

    /** Reads the status from a response. */
    T read(ApiResponse response) {
        return response.read(body -> reader.apply(body, response.nextPermittedPollTime()));
    }

    /**
     * Describes the polling of a queue.
     *
     * @param requested the sender, or null for the default sender
     */
    StatusChanges<T> statusChanges(@Nullable Sender requested) {
        return new StatusChanges<>(
                new JobStatusQueue<>(api, new QueueAddress(name, configuration.senderOr(requested)), reader),
                permits,
                api.schedulers().blocking());
    }

    Mono<Void> confirm(Confirmable status) {
        return Mono.defer(() -> api.confirm(status.confirmationReference()));
    }

    Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return Mono.defer(() -> {
            @Nullable DeleteDocumentsUrl url = job.deleteDocumentsUrl();
            return url == null
                    ? Mono.error(new PreconditionException(
                            PreconditionException.Reason.NO_DELETE_DOCUMENTS_URL,
                            "The documents of this job cannot be deleted, because the service returned no"
                                    + " delete-documents-url. The service returns one no earlier than 24 hours after the last"
                                    + " signature. Nothing was sent."))
                    : api.delete(Operation.DELETE_DOCUMENTS, url.url());
        });
    }

    DocumentDownload getPAdES(PAdESReference reference) {
        return DocumentDownload.ofPAdES(api.document(reference.url()));
    }

    DocumentDownload getXAdES(XAdESReference reference) {
        return DocumentDownload.ofXAdES(api.xml(reference.url()));
    }
}
