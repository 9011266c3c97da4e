package io.github.signaturereactive.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleOutputTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

    @Test
    void alignsEvents() {
        ConsoleOutput output = ConsoleOutput.plain(stream);

        output.event("poll", "nothing");
        output.event("confirmed", "job 1");

        assertThat(printed().lines().map(line -> line.replaceAll("\\d", "0")))
                .containsExactly("   0.00 s  poll       nothing", "   0.00 s  confirmed  job 0");
    }

    @Test
    void printsProgressBarOnceWithoutTerminal() {
        transfer(ConsoleOutput.plain(stream), 2_000_000L);

        assertThat(printed()).doesNotContain("\r");
        assertThat(printed().lines())
                .singleElement()
                .asString()
                .matches(" +\\d+\\.\\d\\d s  upload +100% \\[=+] 2000/2000 kB \\(0:00:00\\)")
                .hasSizeLessThan(80);
    }

    @Test
    void redrawsProgressBarInPlaceOnTerminal() {
        transfer(ConsoleOutput.terminal(stream), 2_000_000L);

        assertThat(printed().lines()).as("ends its line").isNotEmpty();
        assertThat(printed()).startsWith("\r").endsWith(System.lineSeparator()).contains("100%");
        assertThat(printed().indexOf('\n')).isEqualTo(printed().length() - 1);
    }

    @Test
    void printsProgressBarOfImmediatelyEndedTransfer() {
        ConsoleOutput output = ConsoleOutput.plain(stream);

        for (int i = 0; i < 100; i++) {
            output.progress("upload", 1L).close();
        }

        assertThat(printed().lines()).hasSize(100).allMatch(line -> line.contains("upload"));
    }

    @Test
    void printsBytesOfTransferWithUnknownSize() {
        transfer(ConsoleOutput.plain(stream), null);

        assertThat(printed().lines()).singleElement().asString().contains("2000/? kB");
    }

    @Test
    void separatesSummaryWithEmptyLine() {
        ConsoleOutput.plain(stream).summary("Done:", List.of("one", "two"));

        assertThat(printed().lines()).containsExactly("", "Done:", "  one", "  two");
    }

    private static void transfer(ConsoleOutput output, Long size) {
        try (Progress bar = output.progress("upload", size)) {
            for (int i = 0; i < 200; i++) {
                bar.advance(10_000);
            }
        }
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
