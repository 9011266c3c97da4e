package io.github.signaturereactive.signingservice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.signaturereactive.signingservice.SetClock;
import io.github.signaturereactive.signingservice.job.JobRequest;
import io.github.signaturereactive.signingservice.job.JobStatus;
import io.github.signaturereactive.signingservice.job.JobStore;
import io.github.signaturereactive.signingservice.job.Retention;
import io.github.signaturereactive.signingservice.job.SignatureJob;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerSnapshot;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.pages.SigningUrls;
import io.github.signaturereactive.signingservice.protocol.Flow;
import io.github.signaturereactive.signingservice.protocol.PollingQueue;
import io.github.signaturereactive.signingservice.signature.Manifest;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsTest {

    private static final PollingQueue QUEUE = new PollingQueue(Flow.PORTAL, "123456789", "");

    private final SetClock clock = SetClock.now();
    private final JobStore store = new JobStore(
            clock, Duration.ofSeconds(1), Duration.ofMinutes(10), new Retention(false, Duration.ofDays(1)));
    private final Jobs jobs = new Jobs(store, new SigningUrls(() -> URI.create("http://localhost")), clock);

    @Test
    void groupsSignOneAfterTheOther() {
        long id = create(Optional.empty(), 1, 0, 1);

        assertThatIllegalStateException().isThrownBy(() -> jobs.sign(id, 0)).withMessageContaining("not yet the turn");
        jobs.sign(id, 1);
        jobs.sign(id, 2);
        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.IN_PROGRESS);
        jobs.sign(id, 0);

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED_SUCCESSFULLY);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNED", "REJECTED", "BLOCKED"})
    void signersActOnlyInTheirTurn(SignerStatus status) {
        long id = create(Optional.empty(), 1, 0);

        assertThatIllegalStateException()
                .isThrownBy(() -> jobs.settle(id, SignerSelector.at(0), status))
                .withMessageContaining("not yet the turn");

        assertThat(statuses(id)).containsOnly(SignerStatus.WAITING);
    }

    @Test
    void signAllGoesThroughTheGroups() {
        long id = create(Optional.empty(), 2, 0, 1);

        jobs.signAll(id);

        assertThat(statuses(id)).containsOnly(SignerStatus.SIGNED);
    }

    @Test
    void whatHasBecomeOfASignerDoesNotChange() {
        long id = create(Optional.empty(), 0, 0);
        jobs.sign(id, 0);

        assertThatIllegalStateException().isThrownBy(() -> jobs.reject(id, 0)).withMessageContaining("is SIGNED");
    }

    @Test
    void unknownJobsAndSignersAreNamed() {
        long id = create(Optional.empty(), 0);

        assertThrows(NoSuchElementException.class, () -> jobs.sign(id + 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jobs.sign(id, 1))
                .withMessage("Job " + id + " does not have the signer at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jobs.sign(id, SignerSelector.email("secret@board.example")))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WAITING", "SIGNED", "FAILED"})
    void anySignerWhoWillNotSignEndsTheJob(SignerStatus status) {
        long id = create(Optional.empty(), 0, 1, 2);
        jobs.sign(id, 0);

        jobs.settle(id, SignerSelector.at(1), status);

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(statuses(id)).containsExactly(SignerStatus.SIGNED, status, SignerStatus.NOT_APPLICABLE);
    }

    @Test
    void theTimeToSignIsForEachGroup() {
        long id = create(Optional.empty(), 0, 1, 2);
        clock.advance(Duration.ofDays(29));
        jobs.sign(id, 0);
        clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(poll().change()).contains(id);
        clock.advance(Duration.ofMillis(1));

        assertThat(poll().change()).contains(id);

        assertThat(statuses(id))
                .containsExactly(SignerStatus.SIGNED, SignerStatus.EXPIRED, SignerStatus.NOT_APPLICABLE);
    }

    @Test
    void aJobCanBeMadeToExpire() {
        long id = create(Optional.empty(), 0);

        jobs.expire(id);

        assertThat(statuses(id)).containsExactly(SignerStatus.EXPIRED);
        assertThatIllegalStateException().isThrownBy(() -> jobs.expire(id));
    }

    @Test
    void nobodySignsBeforeTheJobIsActive() {
        long id = create(Optional.of(Duration.ofHours(1)), 0);
        assertThatIllegalStateException().isThrownBy(() -> jobs.sign(id, 0));

        clock.advance(Duration.ofHours(1));
        jobs.sign(id, 0);

        assertThat(jobs.get(id).status()).isEqualTo(JobStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void aNewTransitionIsSeenAtOnceThoughAnOlderOneIsHidden() {
        long id = create(Optional.empty(), 0, 0);
        jobs.sign(id, 0);
        assertThat(poll().change()).contains(id);
        assertThat(poll().change()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        jobs.sign(id, 1);

        assertThat(poll().change()).contains(id);
        assertThat(jobs.get(id).deliveries()).isEqualTo(2);
    }

    @Test
    void twoTransitionsNobodySawAreOneChange() {
        long id = create(Optional.empty(), 0, 0);
        jobs.signAll(id);

        assertThat(poll().change()).contains(id);
        assertThat(poll().change()).isEmpty();
    }

    @Test
    void aSnapshotDoesNotShowWhoASignerIs() {
        long id = create(Optional.empty(), 0);

        assertThat(jobs.get(id).toString()).doesNotContain("12345678910", "signer@board.example");
    }

    private JobStore.Poll<Long> poll() {
        return store.poll(QUEUE, SignatureJob::id);
    }

    private List<SignerStatus> statuses(long id) {
        return jobs.get(id).signers().stream().map(SignerSnapshot::status).toList();
    }

    private long create(Optional<Duration> activeIn, int... orders) {
        List<Manifest.Signer> signers = IntStream.of(orders)
                .mapToObj(order -> new Manifest.Signer(
                        order,
                        Optional.of("12345678910"),
                        Optional.empty(),
                        Optional.of("signer@board.example"),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        Manifest manifest = new Manifest(
                "123456789",
                "Minutes",
                List.of(),
                signers,
                Optional.empty(),
                activeIn.map(clock.instant()::plus),
                Optional.empty(),
                Optional.empty());
        ReceivedBundle nothing =
                new ReceivedBundle(new byte[0], new byte[0], new byte[0], List.of(), Path.of("nowhere"));
        return store.create(QUEUE, new JobRequest(Optional.empty(), "", true, Optional.empty()), manifest, nothing)
                .id();
    }
}
