package io.github.signaturereactive;

import io.github.signaturereactive.asice.Bundle;
import io.github.signaturereactive.http.Answer;
import io.github.signaturereactive.http.Exchange;
import io.github.signaturereactive.job.Confirmable;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.DocumentsDeletable;
import io.github.signaturereactive.job.DocumentsNotDeletableException;
import io.github.signaturereactive.job.Job;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.Sender;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.observation.Operation;
import io.github.signaturereactive.poll.PollPermits;
import io.github.signaturereactive.poll.StatusChanges;
import io.github.signaturereactive.security.OrganizationCertificate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What is done in the same way in both flows: jobs are created, queues polled, statuses confirmed, documents fetched. */
final class JobFlow<T extends Confirmable> {

    private final String name;
    private final ClientConfiguration configuration;
    private final Exchange exchange;
    private final PollPermits permits;
    private final Scheduler callbacks;
    private final JobStatusQueue.Reading<T> reading;
    private final T noChanges;

    /**
     * Describes a flow.
     *
     * @param name {@code portal} or {@code direct}, as paths have it
     * @param reading how its status changes are read
     * @param noChanges what stands for an empty queue
     */
    JobFlow(
            String name,
            ClientConfiguration configuration,
            Exchange exchange,
            PollPermits permits,
            Scheduler callbacks,
            JobStatusQueue.Reading<T> reading,
            T noChanges) {
        this.name = name;
        this.configuration = configuration;
        this.exchange = exchange;
        this.permits = permits;
        this.callbacks = callbacks;
        this.reading = reading;
        this.noChanges = noChanges;
    }

    /**
     * Creates a job.
     *
     * @param request writes the request, given the sender
     * @param manifest writes the manifest, given the sender and the names of the documents in the bundle
     */
    Mono<Answer> create(Job job, Function<Sender, byte[]> request, BiFunction<Sender, List<String>, byte[]> manifest) {
        return Mono.defer(() -> {
            Sender sender = configuration.senderOr(job.sender());
            OrganizationCertificate certificate = exchange.certificate();
            var bundle = new Bundle(
                    job.documents(),
                    names -> manifest.apply(sender, names),
                    certificate.privateKey(),
                    certificate.chain(),
                    configuration.clock());
            return exchange.create(
                    new QueueAddress(name, sender).path(),
                    request.apply(sender),
                    configuration.bundleProcessing().accompany(job, bundle.content()));
        });
    }

    /** Polls once; null stands for the default sender. */
    Mono<T> getStatusChange(@Nullable Sender requested) {
        return Mono.defer(() -> exchange.get(
                        Operation.POLL, new QueueAddress(name, configuration.senderOr(requested)).pathAndQuery()))
                .map(answer -> answer.status() == 204
                        ? reading.time().apply(noChanges, answer.nextPermittedPollTime())
                        : read(answer));
    }

    /** The status in an answer that must hold one. */
    T read(Answer answer) {
        return reading.time().apply(answer.read(reading.message()), answer.nextPermittedPollTime());
    }

    /** Describes polling; null stands for the default sender. */
    StatusChanges<T> statusChanges(@Nullable Sender requested) {
        return new StatusChanges<>(
                new JobStatusQueue<>(exchange, new QueueAddress(name, configuration.senderOr(requested)), reading),
                permits,
                callbacks);
    }

    Mono<Void> confirm(Confirmable status) {
        return Mono.defer(() -> {
                    @Nullable ConfirmationReference reference = status.confirmationReference();
                    return reference == null ? Mono.empty() : exchange.post(Operation.CONFIRM, reference.url());
                })
                .then();
    }

    Mono<Void> deleteDocuments(DocumentsDeletable job) {
        return Mono.defer(() -> {
                    @Nullable DeleteDocumentsUrl url = job.deleteDocumentsUrl();
                    return url == null
                            ? Mono.error(new DocumentsNotDeletableException())
                            : exchange.delete(Operation.DELETE_DOCUMENTS, url.url());
                })
                .then();
    }

    DocumentDownload getPAdES(PAdESReference reference) {
        return DocumentDownload.ofPAdES(exchange.document(reference.url()));
    }

    DocumentDownload getXAdES(XAdESReference reference) {
        return DocumentDownload.ofXAdES(exchange.xml(reference.url()));
    }
}
