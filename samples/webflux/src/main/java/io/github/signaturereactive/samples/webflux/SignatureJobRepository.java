package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.samples.webflux.SignatureJob.AppliedChange;
import io.github.signaturereactive.samples.webflux.SignatureJob.Overview;
import io.github.signaturereactive.samples.webflux.SignatureJob.SavedDocument;
import io.github.signaturereactive.samples.webflux.SignatureJob.Service;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The jobs in the database. Each method runs one transaction, which is committed before the returned publisher
 * completes.
 */
@Component
final class SignatureJobRepository {

    private static final int MAX_PROBLEM_LENGTH = 1000;

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Scheduler scheduler;
    private final Clock clock;

    SignatureJobRepository(
            DatabaseClient database,
            ReactiveTransactionManager transactions,
            Scheduler databaseScheduler,
            Clock clock) {
        this.database = database;
        this.transaction = TransactionalOperator.create(transactions);
        this.scheduler = databaseScheduler;
        this.clock = clock;
    }

    /** Stores a job before it is sent. */
    Mono<Void> add(SignatureJob job) {
        Mono<Void> inserted = database.sql(
                        "insert into signature_job (id, flow, title, status, created) values (:id, :flow, :title, :status, :created)")
                .bind("id", job.id())
                .bind("flow", job.flow().name())
                .bind("title", job.title())
                .bind("status", job.status().name())
                .bind("created", job.created())
                .then();
        Flux<Void> documents = Flux.range(0, job.documents().size())
                .concatMap(place -> database.sql(
                                "insert into job_document (job_id, place, title) values (:id, :place, :title)")
                        .bind("id", job.id())
                        .bind("place", place)
                        .bind("title", job.documents().get(place))
                        .then());
        Flux<Void> signers = Flux.range(0, job.signers().size())
                .concatMap(place -> database.sql(
                                "insert into job_signer (job_id, place, identifier, status) values (:id, :place, :identifier, :status)")
                        .bind("id", job.id())
                        .bind("place", place)
                        .bind("identifier", job.signers().get(place).identifier())
                        .bind("status", job.signers().get(place).status())
                        .then());
        return transactional(inserted.thenMany(documents).thenMany(signers).then());
    }

    /** Records that the service has created the job. The first change of the job may already have been applied. */
    Mono<Void> sent(String job, Service service) {
        return transactional(database.sql("""
                        update signature_job set
                            status = case when status = 'SENDING' then 'WAITING' else status end,
                            signature_job_id = :number, status_url = :statusUrl, signer_url = :signerUrl
                        where id = :id""")
                .bind("id", job)
                .bind("number", Objects.requireNonNull(service.jobId(), "job id"))
                .bind("statusUrl", text(service.statusUrl()))
                .bind("signerUrl", text(service.signerUrl()))
                .then());
    }

    /** Records that the service has not created the job, or that the response was lost. */
    Mono<Void> notSent(String job, String problem) {
        return transactional(database.sql(
                        "update signature_job set status = 'NOT_SENT', problem = :problem where id = :id and status = 'SENDING'")
                .bind("id", job)
                .bind("problem", problem.substring(0, Math.min(problem.length(), MAX_PROBLEM_LENGTH)))
                .then());
    }

    /**
     * Applies a change at most once. A row with a unique key, written in the same transaction, records that the
     * change has been applied. Emits true if the change is applied, and false if it already was. Signals {@link
     * NoSuchElementException} if there is no such job.
     */
    Mono<Boolean> apply(StatusChange change) {
        Mono<Void> recorded = database.sql("""
                        insert into status_change (job_id, change_key, status, summary, applied)
                        select id, :key, :status, :summary, :applied from signature_job where id = :id""")
                .bind("id", change.job())
                .bind("key", change.key())
                .bind("status", change.status().name())
                .bind("summary", change.summary())
                .bind("applied", OffsetDateTime.now(clock))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1
                        ? Mono.empty()
                        : Mono.error(new NoSuchElementException("There is no job here for the service's job "
                                + change.signatureJobId() + ": is its queue shared with another application?")));
        Mono<Void> updated = database.sql("""
                        update signature_job set status = :status, problem = null, signature_job_id = :number,
                            pades_url = coalesce(:padesUrl, pades_url), confirmation_url = :confirmationUrl
                        where id = :id""")
                .bind("id", change.job())
                .bind("status", change.status().name())
                .bind("number", change.signatureJobId())
                .bind("padesUrl", text(change.pAdESUrl()))
                .bind("confirmationUrl", text(change.confirmationUrl()))
                .then();
        Flux<Void> signers = Flux.fromIterable(change.signers()).concatMap(signer -> settled(change.job(), signer));
        return transactional(recorded.then(updated).thenMany(signers).then(Mono.just(true)))
                .onErrorResume(DuplicateKeyException.class, applied -> Mono.just(false));
    }

    /** Records that the signed document has been saved. */
    Mono<Void> saved(String job, SavedDocument document) {
        return transactional(
                database.sql("update signature_job set document_file = :file, document_name = :name where id = :id")
                        .bind("id", job)
                        .bind("file", document.file())
                        .bind("name", document.name())
                        .then());
    }

    /** Records that the status of a direct job has been confirmed. */
    Mono<Void> confirmed(String job) {
        return transactional(database.sql("update signature_job set confirmation_url = null where id = :id")
                .bind("id", job)
                .then());
    }

    /** Emits the direct jobs whose status has been applied and not confirmed. */
    Mono<List<String>> unconfirmed() {
        return transactional(database.sql("select id from signature_job where confirmation_url is not null")
                .map(row -> required(row, "id", String.class))
                .all()
                .collectList());
    }

    /** Sets the status of a signer. The identifier may be missing if the job has only one signer. */
    private Mono<Void> settled(String job, Signer signer) {
        return database.sql(
                        "update job_signer set status = :status where job_id = :id and (identifier = :identifier or :identifier = '')")
                .bind("id", job)
                .bind("identifier", signer.identifier())
                .bind("status", signer.status())
                .then();
    }

    /** Emits the job, or completes empty if it does not exist. */
    Mono<SignatureJob> find(String id) {
        Mono<List<String>> documents = database.sql("select title from job_document where job_id = :id order by place")
                .bind("id", id)
                .map(row -> required(row, "title", String.class))
                .all()
                .collectList();
        Mono<List<Signer>> signers = database.sql(
                        "select identifier, status from job_signer where job_id = :id order by place")
                .bind("id", id)
                .map(row ->
                        new Signer(required(row, "identifier", String.class), required(row, "status", String.class)))
                .all()
                .collectList();
        Mono<List<AppliedChange>> history = database.sql(
                        "select status, summary, applied from status_change where job_id = :id order by applied")
                .bind("id", id)
                .map(row -> new AppliedChange(
                        JobStatus.valueOf(required(row, "status", String.class)),
                        required(row, "summary", String.class),
                        required(row, "applied", OffsetDateTime.class)))
                .all()
                .collectList();
        return transactional(documents.flatMap(titles -> signers.flatMap(people ->
                history.flatMap(changes -> database.sql("select * from signature_job where id = :id")
                        .bind("id", id)
                        .map(row -> job(row, titles, people, changes))
                        .one()))));
    }

    /** Emits the newest jobs, the newest first. */
    Mono<List<Overview>> newest(int count) {
        return transactional(database.sql(
                        "select id, flow, title, status, created from signature_job order by created desc limit :count")
                .bind("count", count)
                .map(row -> new Overview(
                        required(row, "id", String.class),
                        Flow.valueOf(required(row, "flow", String.class)),
                        required(row, "title", String.class),
                        JobStatus.valueOf(required(row, "status", String.class)),
                        required(row, "created", OffsetDateTime.class)))
                .all()
                .collectList());
    }

    private <T> Mono<T> transactional(Mono<T> work) {
        return transaction.transactional(work).subscribeOn(scheduler);
    }

    private static SignatureJob job(
            Readable row, List<String> documents, List<Signer> signers, List<AppliedChange> history) {
        return new SignatureJob(
                required(row, "id", String.class),
                Flow.valueOf(required(row, "flow", String.class)),
                required(row, "title", String.class),
                JobStatus.valueOf(required(row, "status", String.class)),
                row.get("problem", String.class),
                required(row, "created", OffsetDateTime.class),
                new Service(
                        row.get("signature_job_id", Long.class),
                        url(row, "status_url"),
                        url(row, "signer_url"),
                        url(row, "pades_url"),
                        url(row, "confirmation_url")),
                saved(row),
                documents,
                signers,
                history);
    }

    private static @Nullable SavedDocument saved(Readable row) {
        String file = row.get("document_file", String.class);
        return file == null ? null : new SavedDocument(file, required(row, "document_name", String.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    private static @Nullable URI url(Readable row, String column) {
        String text = row.get(column, String.class);
        return text == null ? null : URI.create(text);
    }

    private static Parameter text(@Nullable URI url) {
        return Parameters.in(R2dbcType.VARCHAR, url == null ? null : url.toString());
    }
}
