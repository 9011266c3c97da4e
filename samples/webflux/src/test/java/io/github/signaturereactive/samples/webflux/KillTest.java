package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.signaturereactive.signingservice.Fault;
import io.github.signaturereactive.signingservice.Operation;
import io.github.signaturereactive.signingservice.SigningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import reactor.test.StepVerifier;

/** A process that is killed after it has applied a change, and before the service knows. */
class KillTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @Timeout(300)
    void aChangeWhoseConfirmationAKillPreventedIsAppliedOnceAndConfirmedInTheEnd(@TempDir Path directory)
            throws Exception {
        try (var service = SigningService.builder()
                .pollInterval(Duration.ofMillis(100))
                .reofferAfter(Duration.ofSeconds(1))
                .longTermStorage(true)
                .start()) {
            String page;
            String applied;
            long job;
            service.faults().always(Operation.CONFIRM, Fault.status(503));
            try (var application = Application.start(service, directory.resolve("signatures"))) {
                var client = new SampleClient(application.port());
                URI created = client.created(
                        Form.portal("a@example.com", "b@example.com").withPdf());
                page = created.getPath();
                job = service.jobs().latest().id();
                StepVerifier.create(client.events(created))
                        .expectNextCount(1)
                        .then(() -> service.jobs().sign(job, 0))
                        .assertNext(event -> assertThat(event.data()).contains("1 of 2 have signed"))
                        .thenCancel()
                        .verify(PATIENCE);
                await().atMost(PATIENCE)
                        .until(() ->
                                service.faults().met().stream().anyMatch(met -> met.operation() == Operation.CONFIRM));
                applied = history(client.page(page));
                application.kill();
            }
            assertThat(service.jobs().get(job).confirmed()).isFalse();
            int deliveries = service.jobs().get(job).deliveries();

            service.faults().clear();
            try (var application = Application.start(service, directory.resolve("signatures"))) {
                var client = new SampleClient(application.port());
                await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
                assertThat(service.jobs().get(job).deliveries()).isGreaterThan(deliveries);
                assertThat(history(client.page(page)))
                        .as("when what was applied, to the second")
                        .isEqualTo(applied)
                        .containsOnlyOnce("1 of 2 have signed");

                service.jobs().sign(job, 1);
                await().atMost(PATIENCE).until(() -> service.jobs().get(job).confirmed());
                assertThat(history(client.page(page)))
                        .containsOnlyOnce("1 of 2 have signed")
                        .containsOnlyOnce("All 2 have signed");
            }
        }
    }

    private static String history(String page) {
        return page.substring(page.indexOf("<ol class=\"timeline\">"), page.indexOf("</ol>", page.indexOf("timeline")));
    }

    /** The application in a process of its own, with the profile {@code file}, and properties as anybody sets them. */
    private static final class Application implements AutoCloseable {

        private final Process process;
        private final int port;

        private Application(Process process, int port) {
            this.process = process;
            this.port = port;
        }

        static Application start(SigningService service, Path database) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.add(Main.class.getName());
            command.addAll(List.of(
                    "--server.port=0",
                    "--spring.profiles.active=file",
                    "--SIGNATURES_FILE=" + database,
                    "--signature.environment=difitest",
                    "--signature.service-url=" + service.url(),
                    "--signature.trusted-certificates=file:"
                            + service.trustedCertificates().resolve("ca.pem"),
                    "--signature.certificate.location=file:"
                            + service.clientCertificate().path(),
                    "--signature.calls-per-second=0"));
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment()
                    .put(
                            "CLASSPATH",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            builder.environment()
                    .put(
                            "SIGNATURE_CERTIFICATE_PASSWORD",
                            service.clientCertificate().password());
            Process process = builder.start();
            var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(Main.LISTENING)) {
                    return new Application(process, Integer.parseInt(line.substring(Main.LISTENING.length())));
                }
                said.add(line);
            }
            throw new AssertionError("The application does not start:\n" + String.join("\n", said));
        }

        int port() {
            return port;
        }

        /** Without warning, as SIGKILL does. */
        void kill() {
            process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }

        @Override
        public void close() {
            kill();
        }
    }

    /** Says on which port it listens; else as anybody starts it. */
    static final class Main {

        static final String LISTENING = "LISTENING ";

        private Main() {}

        public static void main(String[] arguments) {
            var application = new SpringApplication(WebFluxSample.class);
            application.addListeners((ApplicationListener<ReactiveWebServerInitializedEvent>) started ->
                    System.out.println(LISTENING + started.getWebServer().getPort()));
            application.run(arguments);
        }
    }
}
