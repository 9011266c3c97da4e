package io.github.signaturereactive.signingservice.job;

import io.github.signaturereactive.signingservice.protocol.ApiException;
import io.github.signaturereactive.signingservice.protocol.PollingQueue;
import io.github.signaturereactive.signingservice.protocol.Route;
import io.github.signaturereactive.signingservice.signature.Manifest;
import io.github.signaturereactive.signingservice.signature.ReceivedBundle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All jobs and the queues that their changes are polled from. Every method holds a lock for a short computation in
 * memory, so event loops may call it.
 */
public final class JobStore {

    private final Retention retention;
    private final Clock clock;
    private final Duration pollInterval;
    private final Duration reofferAfter;
    private final TreeMap<Long, SignatureJob> jobs = new TreeMap<>();
    private final Map<PollingQueue, Instant> permittedPollTimes = new HashMap<>();
    private long lastId = 1000;

    /** Creates an empty store. */
    public JobStore(Clock clock, Duration pollInterval, Duration reofferAfter, Retention retention) {
        this.retention = retention;
        this.clock = clock;
        this.pollInterval = pollInterval;
        this.reofferAfter = reofferAfter;
    }

    /** The result of a poll: a change, if one is due, and the time of the next permitted poll. */
    public record Poll<T>(boolean permitted, Optional<T> change, Instant nextPermittedTime) {}

    /** Creates a job with the next id. */
    public synchronized SignatureJob create(
            PollingQueue queue, JobRequest request, Manifest manifest, ReceivedBundle received) {
        SignatureJob job = new SignatureJob(++lastId, queue, request, manifest, received, clock.instant());
        jobs.put(job.id(), job);
        return job;
    }

    /** Returns a change and hides it, or moves the permitted time ahead if there is none. */
    public synchronized <T> Poll<T> poll(PollingQueue queue, Function<SignatureJob, T> render) {
        Instant now = clock.instant();
        Instant permitted = permittedPollTimes.getOrDefault(queue, Instant.MIN);
        if (now.isBefore(permitted)) {
            return new Poll<>(false, Optional.empty(), permitted);
        }
        jobs.values().forEach(job -> job.expireIfDue(now));
        Optional<SignatureJob> due = jobs.values().stream()
                .filter(job -> job.polled() && job.queue().equals(queue) && retention.keepsJob(job, now))
                .filter(job -> job.change().offered(now))
                .findFirst();
        due.ifPresent(job -> job.change().deliver(now.plus(reofferAfter)));
        // The header has milliseconds. A poll at the time in the header must not be too early.
        Instant next = (due.isPresent() ? now : now.plus(pollInterval)).truncatedTo(ChronoUnit.MILLIS);
        permittedPollTimes.put(queue, next);
        return new Poll<>(true, due.map(render), next);
    }

    /** Applies a function to the job in the path. Refuses the request if the job does not exist. */
    public synchronized <T> T of(Route route, Function<SignatureJob, T> question) {
        SignatureJob job = jobs.get(route.jobId());
        Instant now = clock.instant();
        if (job != null) {
            job.expireIfDue(now);
        }
        if (job == null
                || !retention.keepsJob(job, now)
                || !job.queue().organizationNumber().equals(route.organizationNumber())
                || !route.flow().orElse(job.queue().flow()).equals(job.queue().flow())) {
            throw ApiException.notFound(
                    "There is no signature job " + route.jobId() + " of " + route.organizationNumber());
        }
        return question.apply(job);
    }

    /**
     * Applies a function to the job whose signed documents are archived under the id in the path. Refuses the request
     * if there is none.
     */
    public synchronized <T> T archived(Route route, Function<SignatureJob, T> question) {
        return jobs.values().stream()
                .filter(job -> retention.longTermStorage() && job.completed().isPresent())
                .filter(job -> job.queue().organizationNumber().equals(route.organizationNumber()))
                .filter(job -> job.archiveId().equals(route.archiveId()))
                .findFirst()
                .map(question)
                .orElseThrow(() -> ApiException.notFound("There is no archived document of this id"));
    }

    /** Applies an action to the job in the path. Refuses the request if the job does not exist. */
    public synchronized void act(Route route, Consumer<SignatureJob> action) {
        action.accept(of(route, Function.identity()));
    }

    /** Creates another key of a redirect URL for this signer. */
    public synchronized String newRedirectKey(SignatureJob.Signer signer) {
        return signer.session().newRedirectKey();
    }

    /** Consumes a redirect key. Returns the key of the signing page, or empty if the redirect key is unknown. */
    public synchronized Optional<String> open(String redirectKey) {
        return signers()
                .flatMap(signer -> signer.session().open(redirectKey).stream())
                .findFirst();
    }

    /** Applies a function to the job and signer of a signing page. Returns empty if the page does not exist. */
    public synchronized <T> Optional<T> onPage(
            String pageKey, BiFunction<SignatureJob, SignatureJob.Signer, T> action) {
        Instant now = clock.instant();
        for (SignatureJob job : jobs.values()) {
            for (SignatureJob.Signer signer : job.signers()) {
                if (signer.session().hasPage(pageKey)) {
                    job.expireIfDue(now);
                    return Optional.of(action.apply(job, signer));
                }
            }
        }
        return Optional.empty();
    }

    private Stream<SignatureJob.Signer> signers() {
        return jobs.values().stream().flatMap(job -> job.signers().stream());
    }

    /** Applies an action of the control API to a job. */
    public synchronized void control(long id, Consumer<SignatureJob> action) {
        action.accept(controlled(id, Function.identity()));
    }

    /** Applies an action of the control API to a job and returns its result. */
    public synchronized <T> T controlled(long id, Function<SignatureJob, T> action) {
        SignatureJob job = existing(id);
        job.expireIfDue(clock.instant());
        return action.apply(job);
    }

    /** Returns the current state of a job. */
    public synchronized JobSnapshot snapshot(long id) {
        return existing(id).snapshot(retention.longTermStorage());
    }

    /** Returns the current state of all jobs, the oldest first. */
    public synchronized List<JobSnapshot> snapshots() {
        return jobs.values().stream()
                .map(job -> job.snapshot(retention.longTermStorage()))
                .toList();
    }

    private SignatureJob existing(long id) {
        SignatureJob job = jobs.get(id);
        if (job == null) {
            throw new NoSuchElementException("There is no signature job " + id);
        }
        return job;
    }
}
