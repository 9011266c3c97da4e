package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.poll.PollEvent;
import io.github.signaturereactive.poll.ShortPauses;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.api.Observations.ReceivedRequest;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.github.signaturereactive.testing.Soak;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What must hold whatever goes wrong between the poller and the service, and while changes of a job overtake each other. */
@Soak
class PollerChaosTest {

    private static final int JOBS = Soak.FULL ? 500 : 50;
    private static final int SIGNERS = 10;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(40);
    private static final Duration REOFFER_AFTER = Duration.ofSeconds(3);
    private static final Duration RATE_LIMITER_PAUSE = Duration.ofMillis(100);

    /** Longer than the service's interval, so that a poll whose answer was lost is not followed by one that is too early. */
    private static final Duration LONGER_THAN_THE_INTERVAL = Duration.ofMillis(50);

    private static final List<Fault> FAULTS = List.of(
            Fault.latency(Duration.ofMillis(20)),
            Fault.resetBeforeRequestBody(),
            Fault.resetAfterRequest(),
            Fault.resetDuringResponse(0),
            Fault.resetDuringResponse(100),
            Fault.truncateResponse(0),
            Fault.truncateResponse(100),
            Fault.closeAfterResponse(),
            Fault.status(500),
            Fault.status(503),
            Fault.status(500).afterProcessing(),
            Fault.error(500, "INTERNAL_ERROR", "Something went wrong"),
            Fault.htmlPage(502),
            Fault.garbage(),
            Fault.withoutPermittedPollTime(),
            Fault.permittedPollTime("half past nine"),
            Fault.header("Date", "yesterday"),
            Fault.tooManyRequests(),
            Fault.tooManyRequests("2026-03-02T10:39:46.610+01:00"),
            Fault.dosFilter());

    private static final Pattern CONFIRMATION = Pattern.compile(".*/signature-jobs/(\\d+)/confirmations/(\\d+)");

    /** One change: the job and how many of its signers have signed. */
    private record Change(long jobId, int signed) {}

    /** Time that never goes backwards, so that it tells what came first. */
    private static final class Monotonic extends Clock {

        private final Instant start = Instant.now();
        private final long nanos = System.nanoTime();

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - nanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Clock clock = new Monotonic();

    private final Map<Change, Instant> processedAt = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> inProcess = new ConcurrentHashMap<>();
    private final Map<Long, Integer> newestSeen = new ConcurrentHashMap<>();
    private final Map<Long, AtomicInteger> signed = new ConcurrentHashMap<>();
    private final Set<Change> confirmed = ConcurrentHashMap.newKeySet();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> events = new ConcurrentHashMap<>();

    @Test
    void everyChangeIsProcessedThenConfirmedAndNoRuleIsBrokenWhateverGoesWrong() {
        System.out.println("PollerChaosTest: -Dchaos.seed=" + seed);
        try (var service = SigningService.builder()
                        .clock(clock)
                        .pollInterval(POLL_INTERVAL)
                        .reofferAfter(REOFFER_AFTER)
                        .start();
                var client = SignatureClient.create(ServiceJobs.configuration(service)
                        .rateLimiterPause(RATE_LIMITER_PAUSE)
                        .build())) {
            List<Long> jobs = ServiceJobs.create(client, JOBS, SIGNERS);
            jobs.forEach(job -> signNext(service, job, 0));
            service.faults().randomly(seed, 0.05, FAULTS, Operation.POLL, Operation.CONFIRM);
            service.faults().next(Operation.POLL, Fault.htmlPage(200), Fault.htmlPage(200));

            PortalJobStatusChanged last = ShortPauses.of(client.portal().statusChanges(), RATE_LIMITER_PAUSE)
                    .concurrency(8)
                    .backoff(LONGER_THAN_THE_INTERVAL, Duration.ofMillis(200))
                    .defaultWait(LONGER_THAN_THE_INTERVAL)
                    .listener(this::count)
                    .confirmAfter(change -> process(service, change))
                    .takeUntil(this::isTheLast)
                    .last()
                    .onErrorMap(error -> new AssertionError(progress(service), error))
                    .block(Duration.ofMinutes(5));

            assertThat(last).isNotNull();
            System.out.println("PollerChaosTest: " + progress(service));
            assertThat(violations).isEmpty();
            assertThat(confirmed).hasSize(JOBS * SIGNERS).isEqualTo(processedAt.keySet());
            assertThat(service.jobs().all()).allMatch(JobSnapshot::confirmed);
            assertThat(service.observations().earlyPolls()).isEmpty();
            assertThat(service.observations().requests())
                    .filteredOn(request -> request.operation() == Operation.CONFIRM)
                    .hasSizeGreaterThanOrEqualTo(JOBS * SIGNERS)
                    .allMatch(this::cameAfterItsProcessing);
            assertThat(service.faults().injected().stream()
                            .map(met -> met.operation() + " " + met.fault())
                            .collect(Collectors.toSet()))
                    .hasSizeGreaterThan(Soak.FULL ? 2 * FAULTS.size() : FAULTS.size() / 2);
        }
    }

    private String progress(SigningService service) {
        return confirmed.size() + " changes confirmed, "
                + service.faults().injected().size() + " faults, " + events;
    }

    private void count(PollEvent event) {
        events.computeIfAbsent(event.getClass().getSimpleName(), name -> new AtomicInteger())
                .incrementAndGet();
    }

    private boolean isTheLast(PortalJobStatusChanged change) {
        confirmed.add(new Change(change.signatureJobId(), ServiceJobs.signed(change)));
        return confirmed.size() == JOBS * SIGNERS;
    }

    /** Takes some time, fails at times, and lets the next signer sign meanwhile or at its end. */
    private Mono<Void> process(SigningService service, PortalJobStatusChanged change) {
        long job = change.signatureJobId();
        int number = ServiceJobs.signed(change);
        return Mono.defer(() -> {
            boolean fails = chance(0.01);
            boolean signsMeanwhile = !fails && chance(0.5);
            begin(job, number);
            if (signsMeanwhile) {
                signNext(service, job, number);
            }
            return Mono.delay(Duration.ofMillis(1 + random.nextInt(10))).flatMap(done -> {
                if (fails) {
                    inProcess.get(job).decrementAndGet();
                    return Mono.error(new IllegalStateException("processing fails"));
                }
                signNext(service, job, number);
                inProcess.get(job).decrementAndGet();
                processedAt.putIfAbsent(new Change(job, number), clock.instant());
                return Mono.empty();
            });
        });
    }

    private void begin(long job, int number) {
        if (inProcess.computeIfAbsent(job, any -> new AtomicInteger()).incrementAndGet() != 1) {
            violations.add("two changes of job " + job + " are processed at a time");
        }
        if (newestSeen.merge(job, number, Math::max) > number) {
            violations.add("change " + number + " of job " + job + " comes after a later one");
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Lets the next of the job's signers sign, once, when so many have. */
    private void signNext(SigningService service, long job, int number) {
        if (number < SIGNERS
                && signed.computeIfAbsent(job, any -> new AtomicInteger()).compareAndSet(number, number + 1)) {
            service.jobs().sign(job, number);
        }
    }

    private boolean cameAfterItsProcessing(ReceivedRequest request) {
        Matcher confirmation = CONFIRMATION.matcher(request.uri());
        assertThat(confirmation.matches()).isTrue();
        var change = new Change(Long.parseLong(confirmation.group(1)), Integer.parseInt(confirmation.group(2)));
        Instant processed = processedAt.get(change);
        return processed != null && !request.at().isBefore(processed);
    }
}
