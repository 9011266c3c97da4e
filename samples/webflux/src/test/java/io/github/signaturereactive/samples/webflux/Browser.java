package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Controls chromium with chromium-driver, if both are installed. */
final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Opens a browser, or skips the tests if none is installed. */
    static Browser open(Path directory) throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "There is no " + CHROMIUM + " with " + DRIVER + ": install chromium and chromium-driver to run this");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"));
        Path downloads = Files.createDirectory(directory.resolve("downloads"));
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        Browser browser = new Browser(driver, downloads);
        browser.desktop();
        return browser;
    }

    ChromeDriver driver() {
        return driver;
    }

    void desktop() {
        size(1200, 860, false);
    }

    /** Emulates a phone in portrait orientation. */
    void phone() {
        size(390, 844, true);
    }

    /** Emulates a system whose colour scheme is {@code light} or {@code dark}. */
    void colourScheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "", "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    /** Waits for an element that matches, and returns the first one. */
    WebElement find(String selector) {
        return until(d ->
                d.findElements(By.cssSelector(selector)).stream().findFirst().orElse(null));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits until an element has the text. The element may be replaced meanwhile. */
    void awaitText(String selector, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat((String) driver.executeScript(
                                "return document.querySelector(arguments[0])?.textContent", selector))
                        .as(() -> selector + " of " + driver.getCurrentUrl())
                        .contains(text));
    }

    /** Waits until the function returns a value other than null or false, and returns it. */
    <T> T until(Function<ChromeDriver, T> function) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> driver.getCurrentUrl() + "\n" + driver.getPageSource())
                .until(d -> function.apply(driver));
    }

    /** Switches to the other of two tabs, when it has opened. */
    void switchToNewTab() {
        String here = driver.getWindowHandle();
        await().atMost(PATIENCE).until(() -> driver.getWindowHandles().size() == 2);
        driver.getWindowHandles().stream()
                .filter(tab -> !tab.equals(here))
                .forEach(tab -> driver.switchTo().window(tab));
    }

    /** Closes the tab and switches to the other one. */
    void closeTab() {
        driver.close();
        driver.switchTo().window(driver.getWindowHandles().iterator().next());
    }

    /** Waits for the download of one file to complete, deletes the file, and returns its bytes. */
    byte[] downloaded(String name) {
        Path file = downloads.resolve(name);
        await().atMost(PATIENCE).until(() -> files().equals(List.of(file)));
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(downloads)) {
            return files.toList();
        }
    }

    /** Returns the elements that are wider than the screen; empty if there are none. */
    Optional<String> overflow() {
        return Optional.ofNullable((String) driver.executeScript("""
                const width = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth <= width) return null;
                return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width)
                    .map((e) => e.outerHTML.slice(0, 80)).join("\\n") || "something";"""));
    }

    /** Returns the touch targets that are lower than 44 CSS pixels. */
    List<?> smallTargets() {
        return (List<?>) driver.executeScript("""
                return [...document.querySelectorAll("a.button, button, main .quiet, .back a, .brand, .jobs a, .choice, .check,"
                        + " input[type=text], input[type=file], .cancel")]
                    .filter((e) => e.offsetParent !== null && e.getBoundingClientRect().height < 44)
                    .map((e) => e.outerHTML.slice(0, 80));""");
    }

    /** Returns the texts whose contrast to their background is below 4.5 to 1 (WCAG 2.2, 1.4.3). */
    List<?> lowContrasts() {
        return (List<?>) driver.executeScript("""
                const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
                const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
                    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                const background = (e) => {
                    const colour = rgb(getComputedStyle(e).backgroundColor);
                    return colour.length === 3 || colour[3] === 1 || !e.parentElement ? colour : background(e.parentElement);
                };
                return [...document.querySelectorAll("body *")]
                    .filter((e) => e.offsetParent !== null && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
                    .filter((e) => {
                        const [dark, bright] = [luminance(rgb(getComputedStyle(e).color)), luminance(background(e))].sort((a, b) => a - b);
                        return (bright + 0.05) / (dark + 0.05) < 4.5;
                    })
                    .map((e) => e.outerHTML.slice(0, 80));""");
    }

    /** Returns the background colour of the page. */
    String background() {
        return (String) driver.executeScript("return getComputedStyle(document.body).backgroundColor;");
    }

    /** Writes a screenshot to the directory in the system property {@code screenshots}, if set. */
    void screenshot(String name) {
        String directory = System.getProperty("screenshots");
        if (directory == null) {
            return;
        }
        try {
            Files.write(
                    Files.createDirectories(Path.of(directory)).resolve(name),
                    driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
