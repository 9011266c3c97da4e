package io.github.signaturereactive.samples.webflux;

import io.github.signaturereactive.signingservice.SigningService;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Runs the application in a separate process, with its own properties. */
final class ForkedApplication implements AutoCloseable {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Process process;
    private final BufferedReader lines;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final int port;
    private final CompletableFuture<Void> reading;

    private ForkedApplication(Process process) throws IOException {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
        this.port = awaitPort();
        this.reading = CompletableFuture.runAsync(this::readOn, reader -> new Thread(reader, "output").start());
    }

    /** Starts the application, connected to the service, and returns when it accepts connections. */
    static ForkedApplication start(SigningService service, List<String> options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dio.netty.leakDetection.level=paranoid"));
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
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        builder.environment()
                .put(
                        "SIGNATURE_CERTIFICATE_PASSWORD",
                        service.clientCertificate().password());
        return new ForkedApplication(builder.start());
    }

    private int awaitPort() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(Main.LISTENING)) {
                return Integer.parseInt(line.substring(Main.LISTENING.length()));
            }
            output.add(line);
        }
        throw new AssertionError("The application does not start:\n" + output());
    }

    private void readOn() {
        lines.lines().forEach(output::add);
    }

    /** Returns the output so far; all of it after the process has ended. */
    String output() {
        return String.join("\n", output);
    }

    /** Returns the peak memory of the process of all kinds, in MiB. */
    long peakMemory() throws IOException {
        Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!peak.find()) {
            throw new IllegalStateException("The system does not tell how much memory a process has had");
        }
        return Long.parseLong(peak.group(1)) >> 10;
    }

    /** Returns whether the process has a file of this directory open. */
    boolean hasOpen(Path directory) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return descriptors.anyMatch(descriptor -> target(descriptor).startsWith(directory.toString()));
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    int port() {
        return port;
    }

    /** Kills the process, as SIGKILL does. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
        reading.join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Starts the application and prints its port. */
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
