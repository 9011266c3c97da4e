package io.github.signaturereactive.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Maven command from README.md, run in a process of its own. It is taken from README.md as written, so that a test covers
 * what a reader types: the module's runtime class path, the configuration of exec:java, and the modules that are built first.
 *
 * <p>Only three things are added: the program's arguments, and the offline mode and local repository of the build that runs
 * the tests. Maven itself is the one that runs this build, or {@code mvn} if the tests are run without Maven.
 */
public final class ReadmeCommand implements AutoCloseable {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}mvn (.* exec:java)$");

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private boolean ended;

    private ReadmeCommand(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "readme-command");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the command of README.md that runs a module.
     *
     * @param module the module's directory, as in {@code samples/quickstart}
     * @param arguments the program's arguments, without blanks
     */
    public static ReadmeCommand start(String module, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(maven()));
        command.addAll(commandFor(module));
        if (arguments.length > 0) {
            command.add("-Dexec.args=" + String.join(" ", arguments));
        }
        if ("offline=true".equals(System.getProperty("maven.mode"))) {
            command.add("--offline");
        }
        String repository = System.getProperty("maven.repository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        return new ReadmeCommand(new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start());
    }

    private static List<String> commandFor(String module) throws IOException {
        return COMMAND.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map(command -> Arrays.asList(command.group(1).split(" ")))
                .filter(arguments -> arguments.contains(module))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no command that runs " + module));
    }

    private static String maven() {
        String home = System.getProperty("maven.directory");
        String script = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
        return home == null ? script : Path.of(home, "bin", script).toString();
    }

    /**
     * Returns the first match in a line of the output, waiting for it as long as the process runs. Fails with the output if
     * the process ends without it.
     */
    public synchronized Matcher awaitLine(Pattern pattern) throws InterruptedException {
        for (int next = 0; ; next++) {
            while (next == output.size() && !ended) {
                wait();
            }
            if (next == output.size()) {
                throw new AssertionError("The command ended without a line like " + pattern + ":\n" + output());
            }
            Matcher matcher = pattern.matcher(output.get(next));
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Returns the exit code, waiting for the process to end. */
    public synchronized int exitCode() throws InterruptedException {
        while (!ended) {
            wait();
        }
        return process.waitFor();
    }

    /** Asks the process to end, as SIGTERM does, and returns without waiting for it. */
    public void terminate() {
        process.destroy();
    }

    /** Returns what the command has printed so far. */
    public synchronized String output() {
        return String.join("\n", output);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("The output cannot be read any longer: " + closed);
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        output.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Terminates the process if it still runs, and kills it if that does not help within a minute. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 1, TimeUnit.MINUTES)
                .thenAccept(ended -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    ended.destroyForcibly();
                })
                .join();
        process.onExit().join();
    }
}
