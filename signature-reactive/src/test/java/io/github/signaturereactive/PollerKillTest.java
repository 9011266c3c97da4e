package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.security.OrganizationCertificate;
import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.certificate.ClientCertificate;
import io.github.signaturereactive.signingservice.job.JobSnapshot;
import io.github.signaturereactive.testing.Soak;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A process that is killed while it processes changes loses none of them. */
@Soak
class PollerKillTest {

    private static final int KILLS = Soak.FULL ? 10 : 2;
    private static final int JOBS = 6 * KILLS;
    private static final int MOST_BEGUN_BEFORE_THE_KILL = 5;

    @Test
    @Timeout(180)
    void aProcessThatIsKilledAgainAndAgainInTheEndHasProcessedAndConfirmedEveryChange(@TempDir Path directory)
            throws Exception {
        long seed = Long.getLong("kill.seed", System.nanoTime());
        System.out.println("PollerKillTest: -Dkill.seed=" + seed);
        var random = new Random(seed);
        Path processed = directory.resolve("processed");
        try (var service = SigningService.builder()
                        .pollInterval(Duration.ofMillis(100))
                        .reofferAfter(Duration.ofSeconds(2))
                        .start();
                var client = SignatureClient.create(
                        ServiceJobs.configuration(service).build())) {
            List<Long> jobs = ServiceJobs.create(client, JOBS, 1);
            jobs.forEach(job -> service.jobs().sign(job, 0));

            for (int kill = 0; kill < KILLS; kill++) {
                try (var child = start(service, processed)) {
                    int begun = 1 + random.nextInt(MOST_BEGUN_BEFORE_THE_KILL);
                    for (int i = 1; i < begun; i++) {
                        child.send(child.next(Child.PROCESSING));
                    }
                    String notProcessed = child.next(Child.PROCESSING);
                    child.kill();
                    assertThat(confirmed(service)).doesNotContain(Long.valueOf(notProcessed));
                    assertThat(lines(processed)).doesNotContain(Long.valueOf(notProcessed));
                }
                List<Long> confirmed = confirmed(service);
                assertThat(lines(processed)).containsAll(confirmed);
            }
            assertThat(confirmed(service)).hasSizeLessThan(JOBS);

            try (var child = start(service, processed)) {
                while (confirmed(service).size() < JOBS) {
                    String line = child.next();
                    if (line.startsWith(Child.PROCESSING + " ")) {
                        child.send(line.substring(Child.PROCESSING.length() + 1));
                    }
                }
            }
            assertThat(lines(processed)).containsExactlyInAnyOrderElementsOf(jobs);
        }
    }

    private static ChildJvm start(SigningService service, Path processed) throws IOException {
        return ChildJvm.start(
                Child.class,
                List.of("-Xmx128m"),
                List.of(
                        service.url().toString(),
                        service.clientCertificate().path().toString(),
                        service.trustedCertificates().resolve("ca.pem").toString(),
                        processed.toString()));
    }

    private static List<Long> confirmed(SigningService service) {
        return service.jobs().all().stream()
                .filter(JobSnapshot::confirmed)
                .map(JobSnapshot::id)
                .toList();
    }

    private static List<Long> lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    /**
     * Writes the job of each change to a file once, as soon as the test allows it. Prints each change before it is processed and
     * after it is confirmed.
     */
    static final class Child {

        static final String PROCESSING = "PROCESSING";

        private final Map<Long, Sinks.Empty<Void>> gates = new ConcurrentHashMap<>();
        private final Set<Long> processed;
        private final FileChannel file;

        private Child(Path file) throws IOException {
            this.processed = ConcurrentHashMap.newKeySet();
            this.processed.addAll(lines(file));
            this.file = FileChannel.open(file, CREATE, APPEND);
        }

        public static void main(String[] arguments) throws Exception {
            var child = new Child(Path.of(arguments[3]));
            ClientConfiguration configuration = ClientConfiguration.builder(OrganizationCertificate.fromPkcs12(
                            Path.of(arguments[1]), ClientCertificate.PASSWORD.toCharArray()))
                    .environment(ServiceEnvironment.DIFITEST
                            .withServiceUrl(URI.create(arguments[0]))
                            .withTrusted(certificate(Path.of(arguments[2]))))
                    .defaultSender(TestOrganization.SENDER)
                    .unlimitedCalls()
                    .build();
            Disposable polling = SignatureClient.create(configuration)
                    .portal()
                    .statusChanges()
                    .concurrency(4)
                    .backoff(Duration.ofMillis(150), Duration.ofSeconds(1))
                    .confirmAfter(child::process)
                    .subscribe(confirmed -> System.out.println("CONFIRMED " + confirmed.signatureJobId()));
            var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                child.gates.get(Long.valueOf(line)).tryEmitEmpty().orThrow();
            }
            polling.dispose();
        }

        private static X509Certificate certificate(Path pem) throws Exception {
            try (var in = Files.newInputStream(pem)) {
                return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            }
        }

        private Mono<Void> process(PortalJobStatusChanged change) {
            long job = change.signatureJobId();
            return Mono.defer(() -> {
                        Sinks.Empty<Void> gate = Sinks.empty();
                        gates.put(job, gate);
                        System.out.println(PROCESSING + " " + job);
                        return gate.asMono();
                    })
                    .then(Mono.<Void>fromCallable(() -> write(job)).subscribeOn(Schedulers.boundedElastic()));
        }

        private Void write(long job) throws IOException {
            if (processed.add(job)) {
                file.write(ByteBuffer.wrap((job + "\n").getBytes(UTF_8)));
                file.force(true);
            }
            return null;
        }
    }
}
