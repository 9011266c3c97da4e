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
 * Prints the progress of the program: one line for each event, with the seconds since the start, the subject and the
 * event. Progress bars are animated on a terminal; elsewhere one line is printed at the end of each. Printing blocks,
 * so it must not run on an event loop.
 */
final class Story {

    private final PrintStream out;
    private final boolean terminal;
    private final ProgressBarStyle style;
    private final long began = System.nanoTime();

    private Story(PrintStream out, boolean terminal, ProgressBarStyle style) {
        this.out = out;
        this.terminal = terminal;
        this.style = style;
    }

    /**
     * Returns output to the terminal, in its character set. Without a terminal, the output is ASCII without
     * animation.
     */
    static Story on(PrintStream out) {
        return terminal()
                .map(terminal -> new Story(
                        out,
                        true,
                        terminal.charset().equals(StandardCharsets.UTF_8)
                                ? ProgressBarStyle.UNICODE_BLOCK
                                : ProgressBarStyle.ASCII))
                .orElseGet(() -> plain(out));
    }

    /** Returns output in ASCII without animation. */
    static Story plain(PrintStream out) {
        return new Story(out, false, ProgressBarStyle.ASCII);
    }

    /** Returns output as {@link #on} a terminal, in ASCII, also without a terminal. */
    static Story animated(PrintStream out) {
        return new Story(out, true, ProgressBarStyle.ASCII);
    }

    /** Prints one event. */
    void tell(String subject, String event) {
        out.println(prefix(subject) + event);
    }

    /** Prints a text without a prefix. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Prints a heading and lines without prefixes. */
    void sum(String heading, List<String> lines) {
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
                ? Progress.drawnOverItself(out, label, bytes, style)
                : Progress.drawnAtTheEnd(out, label, bytes, style);
    }

    /** Formats a number of bytes. */
    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String prefix(String subject) {
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%7.2f s  %-10s ", seconds, subject);
    }

    /** Returns the terminal, if there is one. */
    private static Optional<Console> terminal() {
        return Optional.ofNullable(System.console())
                .filter(Story::isTerminal)
                .filter(terminal -> !"dumb".equals(System.getenv("TERM")));
    }

    /**
     * Returns whether the console is a terminal. Since Java 22 a console may exist without one, and {@code
     * isTerminal} exists.
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
