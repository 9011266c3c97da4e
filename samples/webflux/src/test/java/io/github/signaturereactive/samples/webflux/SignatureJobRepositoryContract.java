package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.portal.SignerIdentifier;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tests {@link SignatureJobRepository} on any database. */
abstract class SignatureJobRepositoryContract {

    private static final OffsetDateTime THEN = OffsetDateTime.parse("2026-05-17T10:00:00Z");
    private static final String KARI = "12345678910";
    private static final String OLA = "ola@example.com";

    private final SignatureJobRepository jobs;

    SignatureJobRepositoryContract(ConnectionFactory connections, Scheduler scheduler) {
        new ResourceDatabasePopulator(new ClassPathResource("schema.sql"))
                .populate(connections)
                .subscribeOn(scheduler)
                .block(Duration.ofSeconds(30));
        this.jobs = new SignatureJobRepository(
                DatabaseClient.create(connections),
                new R2dbcTransactionManager(connections),
                scheduler,
                Clock.systemUTC());
    }

    @Test
    void whatIsStoredIsFoundAgain() {
        SignatureJob job = job();
        done(jobs.add(job));

        assertThat(done(jobs.find(job.id()))).isEqualTo(job);
        assertThat(done(jobs.find("nothing"))).isNull();
    }

    @Test
    void theNewestJobComesFirst() {
        SignatureJob newest = job(OffsetDateTime.parse("2099-01-01T00:00:00Z"));
        done(jobs.add(newest));
        done(jobs.add(job()));

        assertThat(done(jobs.newest(2)))
                .hasSize(2)
                .first()
                .extracting(overview -> overview.id())
                .isEqualTo(newest.id());
    }

    @Test
    void aChangeIsAppliedToTheJobAndItsSigners() {
        SignatureJob job = sent();

        assertThat(done(jobs.apply(inProgress(job)))).isTrue();
        assertThat(done(jobs.apply(completed(job)))).isTrue();

        SignatureJob changed = done(jobs.find(job.id()));
        assertThat(changed.status()).isEqualTo(JobStatus.SIGNED);
        assertThat(changed.signers()).extracting(Signer::status).containsExactly("SIGNED", "SIGNED");
        assertThat(changed.service().pAdESUrl()).hasToString("https://localhost/pades");
        assertThat(changed.history())
                .extracting(SignatureJob.AppliedChange::summary)
                .containsExactly("1 of 2 have signed", "All 2 have signed");
    }

    @Test
    void aChangeThatIsDeliveredTwiceIsAppliedOnce() {
        SignatureJob job = sent();

        assertThat(done(jobs.apply(inProgress(job)))).isTrue();
        assertThat(done(jobs.apply(completed(job)))).isTrue();
        assertThat(done(jobs.apply(inProgress(job)))).isFalse();

        SignatureJob changed = done(jobs.find(job.id()));
        assertThat(changed.status()).isEqualTo(JobStatus.SIGNED);
        assertThat(changed.history()).hasSize(2);
    }

    @Test
    void oneChangeFromManySidesAtATimeIsAppliedOnce() {
        SignatureJob job = sent();

        List<Boolean> applied = done(Flux.range(0, 16)
                .flatMap(side -> jobs.apply(completed(job)), 16)
                .collectList());

        assertThat(applied).hasSize(16).containsOnlyOnce(true);
        assertThat(done(jobs.find(job.id())).history()).hasSize(1);
    }

    @Test
    void aChangeThatCannotBeAppliedLeavesNothingAndMayComeAgain() {
        SignatureJob job = sent();
        StatusChange change = completed(job);
        StatusChange tooLong = new StatusChange(
                change.job(),
                change.signatureJobId(),
                change.key(),
                change.status(),
                List.of(change.signers().get(0), new Signer(OLA, "S".repeat(101))),
                change.pAdESUrl(),
                null);

        assertThatThrownBy(() -> done(jobs.apply(tooLong))).isInstanceOf(DataAccessException.class);

        SignatureJob unchanged = done(jobs.find(job.id()));
        assertThat(unchanged.status()).isEqualTo(JobStatus.WAITING);
        assertThat(unchanged.history()).isEmpty();
        assertThat(unchanged.signers()).extracting(Signer::status).containsOnly(Signer.WAITING);
        assertThat(done(jobs.apply(change))).isTrue();
    }

    @Test
    void aChangeThatOvertakesTheAnswerToTheCreationStays() {
        SignatureJob job = job();
        done(jobs.add(job));
        assertThat(done(jobs.apply(completed(job)))).isTrue();

        done(jobs.sent(job.id(), SignatureJob.Service.created(17, null, null)));
        done(jobs.notSent(job.id(), "No answer"));

        SignatureJob changed = done(jobs.find(job.id()));
        assertThat(changed.status()).isEqualTo(JobStatus.SIGNED);
        assertThat(changed.service().pAdESUrl()).isNotNull();
        assertThat(changed.problem()).isNull();
    }

    @Test
    void aJobOfWhichNobodyKnowsWhetherItWasSentIsThereOnceItChanges() {
        SignatureJob job = job();
        done(jobs.add(job));
        done(jobs.notSent(job.id(), "No answer"));
        assertThat(done(jobs.find(job.id())))
                .matches(found -> found.status() == JobStatus.NOT_SENT)
                .extracting(SignatureJob::problem)
                .isEqualTo("No answer");

        assertThat(done(jobs.apply(inProgress(job)))).isTrue();

        assertThat(done(jobs.find(job.id())))
                .matches(found -> found.status() == JobStatus.WAITING)
                .extracting(SignatureJob::problem)
                .isNull();
    }

    @Test
    void savedDocumentIsFoundAgain() {
        SignatureJob job = sent();
        assertThat(done(jobs.apply(completed(job)))).isTrue();
        assertThat(done(jobs.find(job.id())))
                .matches(SignatureJob::isToBeSaved)
                .matches(found -> !found.isFinal() && !found.canBeDownloaded());

        SignatureJob.SavedDocument saved =
                new SignatureJob.SavedDocument(job.id() + ".pdf", "Leiekontrakt – «båt».pdf");
        done(jobs.saved(job.id(), saved));

        assertThat(done(jobs.find(job.id())))
                .matches(found -> found.isFinal() && found.canBeDownloaded() && !found.isToBeSaved())
                .extracting(SignatureJob::saved)
                .isEqualTo(saved);
    }

    @Test
    void directJobIsUnconfirmedUntilConfirmed() {
        SignatureJob job = sent();
        StatusChange change = StatusChange.of(DirectJobStatusResponse.builder(17, DirectJobStatus.FAILED)
                .reference(job.id())
                .confirmationReference(ConfirmationReference.of(URI.create("https://localhost/confirm")))
                .build());

        assertThat(done(jobs.apply(change))).isTrue();
        assertThat(done(jobs.unconfirmed())).contains(job.id());

        done(jobs.confirmed(job.id()));
        assertThat(done(jobs.unconfirmed())).doesNotContain(job.id());
    }

    @Test
    void aChangeOfAJobThatIsNotHereIsAnError() {
        assertThatThrownBy(() -> done(jobs.apply(completed(job()))))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("job 17");
    }

    private SignatureJob sent() {
        SignatureJob job = job();
        done(jobs.add(job));
        done(jobs.sent(job.id(), SignatureJob.Service.created(17, null, null)));
        return job;
    }

    private static SignatureJob job() {
        return job(THEN.truncatedTo(ChronoUnit.MILLIS));
    }

    private static SignatureJob job(OffsetDateTime created) {
        return new SignatureJob(
                UUID.randomUUID().toString(),
                Flow.PORTAL,
                "Leiekontrakt – «båt»",
                JobStatus.SENDING,
                null,
                created,
                SignatureJob.Service.UNKNOWN,
                null,
                List.of("Kontrakt", "Vilkår"),
                List.of(new Signer(KARI, Signer.WAITING), new Signer(OLA, Signer.WAITING)),
                List.of());
    }

    private static StatusChange inProgress(SignatureJob job) {
        return StatusChange.of(PortalJobStatusChanged.builder(17, PortalJobStatus.IN_PROGRESS)
                .reference(job.id())
                .signatures(List.of(
                        signature(
                                SignerIdentifier.identifiedByPersonalIdentificationNumber(KARI),
                                SignatureStatus.SIGNED),
                        signature(SignerIdentifier.identifiedByEmailAddress(OLA), SignatureStatus.WAITING)))
                .build());
    }

    /** Returns a change in which the e-mail address of a signer is written differently from the one in the job. */
    private static StatusChange completed(SignatureJob job) {
        return StatusChange.of(PortalJobStatusChanged.builder(17, PortalJobStatus.COMPLETED_SUCCESSFULLY)
                .reference(job.id())
                .signatures(List.of(
                        signature(
                                SignerIdentifier.identifiedByPersonalIdentificationNumber(KARI),
                                SignatureStatus.SIGNED),
                        signature(
                                SignerIdentifier.identifiedByEmailAddress("Ola@Example.com"), SignatureStatus.SIGNED)))
                .pAdESUrl(PAdESReference.of(URI.create("https://localhost/pades")))
                .build());
    }

    private static PortalSignature signature(SignerIdentifier signer, SignatureStatus status) {
        return new PortalSignature(signer, status, THEN, null);
    }

    static <T> T done(Mono<T> result) {
        return result.block(Duration.ofSeconds(30));
    }
}
