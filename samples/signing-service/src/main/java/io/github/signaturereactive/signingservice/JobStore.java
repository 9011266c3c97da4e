package io.github.signaturereactive.signingservice;

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
 * All jobs and the queues their changes are polled from. Every method holds the one lock for a short computation in
 * memory, so that event loops may call it.
 */
final class JobStore {

    private final Retention retention;
    private final Clock clock;
    private final Duration pollInterval;
    private final Duration reofferAfter;
    private final TreeMap<Long, SignatureJob> jobs = new TreeMap<>();
    private final Map<PollingQueue, Instant> permittedPollTimes = new HashMap<>();
    private long lastId = 1000;

    JobStore(Clock clock, Duration pollInterval, Duration reofferAfter, Retention retention) {
        this.retention = retention;
        this.clock = clock;
        this.pollInterval = pollInterval;
        this.reofferAfter = reofferAfter;
    }

    /** What a poll brings: a change, if one is due, and when the next poll is permitted. */
    record Poll<T>(boolean permitted, Optional<T> change, Instant nextPermittedTime) {}

    synchronized SignatureJob create(
            PollingQueue queue, JobRequest request, Manifest manifest, ReceivedBundle received) {
        SignatureJob job = new SignatureJob(++lastId, queue, request, manifest, received, clock.instant());
        jobs.put(job.id(), job);
        return job;
    }

    /** Hands out one change and hides it, or moves the permitted time ahead when there is none. */
    synchronized <T> Poll<T> poll(PollingQueue queue, Function<SignatureJob, T> render) {
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
        // The header carries milliseconds: what it says must not be earlier than what is meant.
        Instant next = (due.isPresent() ? now : now.plus(pollInterval)).truncatedTo(ChronoUnit.MILLIS);
        permittedPollTimes.put(queue, next);
        return new Poll<>(true, due.map(render), next);
    }

    /** Asks something of the job in the path, or refuses because there is no such job. */
    synchronized <T> T of(Route route, Function<SignatureJob, T> question) {
        SignatureJob job = jobs.get(route.jobId());
        Instant now = clock.instant();
        if (job != null) {
            job.expireIfDue(now);
        }
        if (job == null
                || !retention.keepsJob(job, now)
                || !job.queue().organizationNumber().equals(route.organizationNumber())
                || !route.flow().orElse(job.queue().flow()).equals(job.queue().flow())) {
            throw Refusal.notFound("There is no signature job " + route.jobId() + " of " + route.organizationNumber());
        }
        return question.apply(job);
    }

    /** Asks something of the job whose signed documents are in the archive under the id in the path, or refuses. */
    synchronized <T> T archived(Route route, Function<SignatureJob, T> question) {
        return jobs.values().stream()
                .filter(job -> retention.longTermStorage() && job.completed().isPresent())
                .filter(job -> job.queue().organizationNumber().equals(route.organizationNumber()))
                .filter(job -> job.archiveId().equals(route.archiveId()))
                .findFirst()
                .map(question)
                .orElseThrow(() -> Refusal.notFound("There is no archived document of this id"));
    }

    /** Does something to the job in the path, or refuses because there is no such job. */
    synchronized void act(Route route, Consumer<SignatureJob> action) {
        action.accept(of(route, Function.identity()));
    }

    /** The key of a redirect URL more for this signer. */
    synchronized String newRedirect(SignatureJob.Signer signer) {
        return signer.ceremony().redirect();
    }

    /** Uses up a redirect URL's key; gives the key of the visit it leads to, or nothing if there is no such key. */
    synchronized Optional<String> open(String redirect) {
        return signers()
                .flatMap(signer -> signer.ceremony().open(redirect).stream())
                .findFirst();
    }

    /** Asks or does something in a visit, or nothing if there is no such visit. */
    synchronized <T> Optional<T> visit(String visit, BiFunction<SignatureJob, SignatureJob.Signer, T> action) {
        Instant now = clock.instant();
        for (SignatureJob job : jobs.values()) {
            for (SignatureJob.Signer signer : job.signers()) {
                if (signer.ceremony().hasVisit(visit)) {
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

    /** Does something to a job on behalf of whoever controls the service. */
    synchronized void control(long id, Consumer<SignatureJob> action) {
        action.accept(controlled(id, Function.identity()));
    }

    /** Does something to a job on behalf of whoever controls the service, and gives what comes of it. */
    synchronized <T> T controlled(long id, Function<SignatureJob, T> action) {
        SignatureJob job = existing(id);
        job.expireIfDue(clock.instant());
        return action.apply(job);
    }

    synchronized JobSnapshot snapshot(long id) {
        return existing(id).snapshot(retention.longTermStorage());
    }

    synchronized List<JobSnapshot> snapshots() {
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
