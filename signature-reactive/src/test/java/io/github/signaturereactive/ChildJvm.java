package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.signaturereactive.testing.Soak;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process of its own, which is talked to line by line. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.input = process.outputWriter(UTF_8);
    }

    /** Starts the main class, with the class path of the tests. */
    static ChildJvm start(Class<?> main, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-Dsoak=" + Soak.FULL);
        command.addAll(options);
        command.add(main.getName());
        command.addAll(arguments);
        File errors = Path.of("target", main.getSimpleName() + "-stderr.txt").toFile();
        var builder = new ProcessBuilder(command).redirectError(errors);
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return new ChildJvm(builder.start());
    }

    /** The rest of the next line that begins with the word; what the process prints besides is passed over. */
    String next(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
        }
        throw new AssertionError("The process ended without a line that begins with " + word);
    }

    /** The next line, of whatever kind. */
    String next() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new AssertionError("The process ended");
        }
        return line;
    }

    void send(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Ends the process without warning, as SIGKILL does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Waits for the process to end by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
