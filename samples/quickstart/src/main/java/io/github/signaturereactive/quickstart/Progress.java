package io.github.signaturereactive.quickstart;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far a transfer has come, as a bar: drawn over itself on a terminal, once at the end elsewhere. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 79;
    private static final int REDRAWN_MILLIS = 100;

    private final ProgressBar bar;

    private Progress(String label, @Nullable Long bytes, ProgressBarStyle style, Line line) {
        this.bar = new ProgressBarBuilder()
                .setTaskName(label)
                .setInitialMax(bytes == null ? -1 : bytes)
                .setUnit(" kB", 1000)
                .setStyle(style)
                .setUpdateIntervalMillis(REDRAWN_MILLIS)
                .hideEta()
                .setConsumer(line)
                .build();
    }

    static Progress drawnOverItself(PrintStream out, String label, @Nullable Long bytes, ProgressBarStyle style) {
        return new Progress(label, bytes, style, new Line(out, true));
    }

    static Progress drawnAtTheEnd(PrintStream out, String label, @Nullable Long bytes, ProgressBarStyle style) {
        return new Progress(label, bytes, style, new Line(out, false));
    }

    /** So many bytes more. Only counts; drawing is done by a thread of the bar's own. */
    void advance(long bytes) {
        bar.stepBy(bytes);
    }

    /** Draws the bar for the last time and ends its line. */
    @Override
    public void close() {
        // A bar that ends before it was first drawn is drawn by the first of these, and ended only by the second.
        bar.close();
        bar.close();
    }

    /** The line that the bar is on; nothing comes after its end. */
    private static final class Line implements ProgressBarConsumer {

        private final PrintStream out;
        private final boolean drawnOver;
        private String last = "";
        private boolean ended;

        Line(PrintStream out, boolean drawnOver) {
            this.out = out;
            this.drawnOver = drawnOver;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public synchronized void accept(String line) {
            last = line;
            if (drawnOver && !ended) {
                out.print('\r' + line);
                out.flush();
            }
        }

        @Override
        public synchronized void close() {
            if (!ended) {
                ended = true;
                out.println(drawnOver ? "" : last.stripTrailing());
            }
        }
    }
}
