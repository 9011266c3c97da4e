package io.github.signaturereactive.quickstart;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The output of the program: one line for each event, with the seconds since the start, the subject and the event. On
 * a terminal, progress bars are redrawn in place; elsewhere, they are printed once at the end. Printing blocks, so it
 * must not run on an event loop.
 */
final class ConsoleOutput {

    private final PrintStream out;
    private final boolean terminal;
    private final ProgressBarStyle style;
    private final long start = System.nanoTime();

    private ConsoleOutput(PrintStream out, boolean terminal, ProgressBarStyle style) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
    }

    /** Returns output to the terminal in its character set, or {@link #plain} output if there is no terminal. */
    static ConsoleOutput to(PrintStream out) {
        return findTerminal()
                .map(terminal -> new ConsoleOutput(
                        out,
                        true,
                        terminal.charset().equals(StandardCharsets.UTF_8)
                                ? ProgressBarStyle.UNICODE_BLOCK
                                : ProgressBarStyle.ASCII))
                .orElseGet(() -> plain(out));
    }

    /** Returns output in ASCII whose progress bars are printed once. */
    static ConsoleOutput plain(PrintStream out) {
        return new ConsoleOutput(out, false, ProgressBarStyle.ASCII);
    }

    /** Returns output in ASCII whose progress bars are redrawn in place, also without a terminal. */
    static ConsoleOutput terminal(PrintStream out) {
        return new ConsoleOutput(out, true, ProgressBarStyle.ASCII);
    }

    /** Prints one event. */
    void event(String subject, String event) {
        out.println(prefix(subject) + event);
    }

    /** Prints a text without a prefix. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Prints a heading and lines without prefixes. */
    void summary(String heading, List<String> lines) {
        out.println();
        out.println(heading);
        lines.forEach(line -> out.println("  " + line));
    }

    /**
     * Creates a progress bar, which the caller must close.
     *
     * @param bytes the number of bytes, or null if unknown
     */
    Progress progress(String subject, @Nullable Long bytes) {
        String prefix = prefix(subject);
        // The bar adds a space.
        String label = prefix.substring(0, prefix.length() - 1);
        return terminal
                ? Progress.redrawnInPlace(out, label, bytes, style)
                : Progress.printedAtEnd(out, label, bytes, style);
    }

    /** Formats a number of bytes. */
    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String prefix(String subject) {
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%7.2f s  %-10s ", seconds, subject);
    }

    /** Returns the terminal, if there is one. */
    private static Optional<Console> findTerminal() {
        return Optional.ofNullable(System.console())
                .filter(ConsoleOutput::isTerminal)
                .filter(terminal -> !"dumb".equals(System.getenv("TERM")));
    }

    /**
     * Returns whether the console is a terminal. Since Java 22, a console may exist without a terminal, and {@code
     * Console.isTerminal} tells them apart.
     */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
