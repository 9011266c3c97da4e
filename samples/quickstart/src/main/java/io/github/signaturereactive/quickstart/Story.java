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
 * Tells what happens: a line for each event, with the seconds since the beginning, what it is about, and what happened.
 * Progress bars move on a terminal; elsewhere, one line tells how each ended. Printing blocks: not for an event loop.
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

    /** On the terminal, with what its character set has; or, where there is none, in ASCII and without moving anything. */
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

    /** In ASCII and without moving anything. */
    static Story plain(PrintStream out) {
        return new Story(out, false, ProgressBarStyle.ASCII);
    }

    /** As {@link #on} a terminal with this style, whatever there is. */
    static Story animated(PrintStream out) {
        return new Story(out, true, ProgressBarStyle.ASCII);
    }

    /** One event. */
    void tell(String subject, String event) {
        out.println(prefix(subject) + event);
    }

    /** A text as it is. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** The end of it: a heading, and lines as they are. */
    void sum(String heading, List<String> lines) {
        out.println();
        out.println(heading);
        lines.forEach(line -> out.println("  " + line));
    }

    /**
     * A progress bar, to be closed.
     *
     * @param bytes how many there will be, or null if nobody knows
     */
    Progress progress(String subject, @Nullable Long bytes) {
        String prefix = prefix(subject);
        // The bar adds a space of its own.
        String label = prefix.substring(0, prefix.length() - 1);
        return terminal
                ? Progress.drawnOverItself(out, label, bytes, style)
                : Progress.drawnAtTheEnd(out, label, bytes, style);
    }

    /** A number of bytes for people. */
    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private String prefix(String subject) {
        double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%7.2f s  %-10s ", seconds, subject);
    }

    /** The terminal, if there is one to draw on. */
    private static Optional<Console> terminal() {
        return Optional.ofNullable(System.console())
                .filter(Story::isTerminal)
                .filter(terminal -> !"dumb".equals(System.getenv("TERM")));
    }

    /** From Java 22 on, there may be a console without a terminal, and a method that tells so. */
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
