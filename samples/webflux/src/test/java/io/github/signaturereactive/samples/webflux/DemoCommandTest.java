package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.testing.ReadmeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts the application with the command in its README.md and uses it in a browser, from the upload to the signed PDF.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DemoCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("Open http://localhost:(\\d+)");

    @TempDir
    private static Path directory;

    private static Browser browser;
    private static ReadmeCommand demo;
    private static SamplePages pages;
    private static Path document;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Browser.open(directory);
        document = Files.write(directory.resolve("Rental agreement.pdf"), TestPdf.ofPages(2));
        demo = ReadmeCommand.start("samples/webflux", "--server.port=0");
        pages = new SamplePages(
                browser, Integer.parseInt(demo.awaitLine(ADDRESS).group(1)));
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingIsLogged() {
        assertThat(demo.output().lines().filter(line -> line.matches(".* (WARN|ERROR) .*|.*(Error|Exception)\\b.*")))
                .isEmpty();
    }

    @Test
    void directJobIsSignedAndDownloaded() {
        pages.signDirectJob("Direct", document);

        assertThat(TestPdf.signatures(pages.download("Direct.pdf"))).isOne();
    }

    @Test
    void portalJobIsSignedAndDownloaded() {
        pages.createPortalJob("Portal", document);
        pages.actAs(0, "sign");
        browser.awaitText("#headline", "1 of 2 have signed");
        pages.actAs(1, "sign");
        browser.awaitText("#status", "Signed");

        assertThat(TestPdf.signatures(pages.download("Portal.pdf"))).isEqualTo(2);
    }
}
