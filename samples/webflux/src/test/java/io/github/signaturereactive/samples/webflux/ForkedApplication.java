package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.signingservice.SigningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The application in a process of its own, with properties as anybody sets them. */
final class ForkedApplication implements AutoCloseable {

    private final Process process;
    private final int port;

    private ForkedApplication(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it, connected to the service; returns when it listens. */
    static ForkedApplication start(SigningService service, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(List.of(
                "--server.port=0",
                "--logging.level.root=warn",
                "--signature.environment=difitest",
                "--signature.service-url=" + service.url(),
                "--signature.trusted-certificates=file:"
                        + service.trustedCertificates().resolve("ca.pem"),
                "--signature.certificate.location=file:"
                        + service.clientCertificate().path(),
                "--signature.calls-per-second=0"));
        command.addAll(List.of(arguments));
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
                return new ForkedApplication(process, Integer.parseInt(line.substring(Main.LISTENING.length())));
            }
            said.add(line);
        }
        throw new AssertionError("The application does not start:\n" + String.join("\n", said));
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Without warning, as SIGKILL does. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
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
