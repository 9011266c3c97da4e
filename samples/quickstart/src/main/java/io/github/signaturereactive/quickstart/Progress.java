package io.github.signaturereactive.quickstart;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar of a transfer. On a terminal it is redrawn in place; elsewhere it is printed once at the end. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 79;
    private static final int REDRAW_INTERVAL_MILLIS = 100;

    private final ProgressBar bar;

    private Progress(String label, @Nullable Long bytes, ProgressBarStyle style, Line line) {
        this.bar = new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(bytes == null ? -1 : bytes)
                .setUnit(" kB", 1000)
                .setStyle(style)
                .setUpdateIntervalMillis(REDRAW_INTERVAL_MILLIS)
                .hideEta()
                .setConsumer(line)
                .build();
    }

    static Progress redrawnInPlace(PrintStream out, String label, @Nullable Long bytes, ProgressBarStyle style) {
        return new Progress(label, bytes, style, new Line(out, true));
    }

    static Progress printedAtEnd(PrintStream out, String label, @Nullable Long bytes, ProgressBarStyle style) {
        return new Progress(label, bytes, style, new Line(out, false));
    }

    /** Adds to the number of transferred bytes. Does not print; a thread of the progress bar does. */
    void advance(long bytes) {
        bar.stepBy(bytes);
    }

    /** Draws the bar for the last time and ends its line. */
    @Override
    public void close() {
        // If the bar has not been drawn yet, the first call only draws it, and the second call closes it.
        bar.close();
        bar.close();
    }

    /** The output line of the bar. Nothing is printed after it has been closed. */
    private static final class Line implements ProgressBarConsumer {

        private final PrintStream out;
        private final boolean redrawn;
        private String last = "";
        private boolean ended;

        Line(PrintStream out, boolean redrawn) {
            this.out = out;
            this.redrawn = redrawn;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public synchronized void accept(String line) {
            last = line;
            if (redrawn && !ended) {
                out.print('\r' + line);
                out.flush();
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                out.println(redrawn ? "" : last.stripTrailing());
            }
        }
    }
}
