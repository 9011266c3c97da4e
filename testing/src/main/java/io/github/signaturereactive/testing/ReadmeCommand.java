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
 * A Maven command from README.md, or from the README.md of a module, run in its own process. The command is the one that a reader types, so a
 * test of it covers the runtime class path of the module, the configuration of exec:java, and the modules that are built first.
 *
 * <p>The program's arguments are added to the command, and the offline mode and the local repository of the current build. The command uses
 * the Maven installation of the current build, or {@code mvn} if the tests run without Maven.
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
     * Starts the command that runs a module. It is in README.md, or else in the README.md of the module.
     *
     * @param module the directory of the module, such as {@code samples/quickstart}
     * @param arguments the arguments of the program, without whitespace
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
        String pages = Files.readString(ROOT.resolve("README.md"))
                + Files.readString(ROOT.resolve(module).resolve("README.md"));
        return COMMAND.matcher(pages)
                .results()
                .map(command -> Arrays.asList(command.group(1).split(" ")))
                .filter(arguments -> arguments.contains(module))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No README.md has a command that runs " + module));
    }

    private static String maven() {
        String home = System.getProperty("maven.directory");
        String script = System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
        return home == null ? script : Path.of(home, "bin", script).toString();
    }

    /**
     * Waits for a line of the output in which the pattern matches, and returns the first match.
     *
     * @throws AssertionError with the output, if the process ends without such a line
     */
    public synchronized Matcher awaitLine(Pattern pattern) throws InterruptedException {
        for (int next = 0; ; next++) {
            while (next == output.size() && !ended) {
                wait();
            }
            if (next == output.size()) {
                throw new AssertionError("The command ended without a line that matches " + pattern + ":\n" + output());
            }
            Matcher matcher = pattern.matcher(output.get(next));
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /** Waits for the process to end and returns its exit code. */
    public synchronized int exitCode() throws InterruptedException {
        while (!ended) {
            wait();
        }
        return process.waitFor();
    }

    /** Terminates the process with SIGTERM. Returns without waiting for its end. */
    public void terminate() {
        process.destroy();
    }

    /** Returns the output of the command so far. */
    public synchronized String output() {
        return String.join("\n", output);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("Reading the output failed: " + closed);
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

    /** Terminates the process, if it is running. Kills it and its children if it has not ended after one minute. Waits for its end. */
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
