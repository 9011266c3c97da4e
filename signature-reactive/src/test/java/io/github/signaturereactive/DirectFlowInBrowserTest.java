package io.github.signaturereactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.DocumentType;
import io.github.signaturereactive.signingservice.SigningService;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/** A direct job the way its signer sees it, in a real browser: Debian's chromium and chromium-driver, if installed. */
class DirectFlowInBrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String PIN = "12345678910";

    @TempDir
    private static Path profile;

    private static ChromeDriver browser;

    private SigningService service;
    private DisposableServer sender;
    private SignatureClient client;

    @BeforeAll
    static void openBrowser() {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "There is no " + CHROMIUM + " with " + DRIVER + ": install chromium and chromium-driver to run this");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void start() {
        service = SigningService.start();
        sender = HttpServer.create()
                .host("localhost")
                .port(0)
                .handle((request, response) -> response.header("Content-Type", "text/html")
                        .sendString(Mono.just("<title>Welcome back</title><h1>Welcome back</h1>")))
                .bindNow();
        client = SignatureClient.create(TestOrganization.configuration(service).build());
    }

    @AfterEach
    void stop() {
        StepVerifier.create(client.disposeLater()).verifyComplete();
        sender.disposeNow();
        service.close();
    }

    @Test
    void theSignerReadsSignsAndComesBack() {
        DirectJobResponse created = create();
        browser.get(redirectUrl(created));

        assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo("Leiekontrakt & <vilkår>");
        List<WebElement> documents = browser.findElements(By.cssSelector("ol a"));
        assertThat(documents).extracting(WebElement::getText).containsExactly("Kontrakt", "Husregler");
        assertThat(read(documents.get(1))).contains("Ingen støy etter kl. 23");
        browser.findElement(By.id("sign")).click();

        URI exit = comeBack("/completed");
        assertThat(exit.getQuery()).startsWith("case=17&status_query_token=");
        assertThat(exit.getFragment()).isEqualTo("top");
        DirectJobStatusResponse status = status(created, exit);
        assertThat(status.is(DirectJobStatus.COMPLETED_SUCCESSFULLY)).isTrue();
        byte[] pades = received(client.direct().getPAdES(status.pAdESUrl()).toByteArray(10 << 20));
        assertThat(TestPdf.signatures(pades)).isOne();
        StepVerifier.create(client.direct().confirm(status)).verifyComplete();
    }

    @Test
    void theSignerRejects() {
        DirectJobResponse created = create();
        browser.get(redirectUrl(created));
        browser.findElement(By.id("reject")).click();

        DirectJobStatusResponse status = status(created, comeBack("/rejected"));

        assertThat(status.is(DirectJobStatus.FAILED)).isTrue();
        assertThat(status.signatureOf(PIN).orElseThrow().is(SignerStatus.REJECTED))
                .isTrue();
    }

    @Test
    void somethingGoesWrong() {
        DirectJobResponse created = create();
        browser.get(redirectUrl(created));
        browser.findElement(By.id("fail")).click();

        DirectJobStatusResponse status = status(created, comeBack("/failed"));

        assertThat(status.is(DirectJobStatus.FAILED)).isTrue();
        assertThat(status.signatureOf(PIN).orElseThrow().is(SignerStatus.FAILED))
                .isTrue();
    }

    @Test
    void theKeyboardAloneSigns() {
        DirectJobResponse created = create();
        browser.get(redirectUrl(created));

        new Actions(browser)
                .sendKeys(Keys.TAB, Keys.TAB, Keys.TAB) // two documents, then the first button
                .sendKeys(Keys.ENTER)
                .perform();

        assertThat(status(created, comeBack("/completed")).is(DirectJobStatus.COMPLETED_SUCCESSFULLY))
                .isTrue();
    }

    @Test
    void thePageFitsANarrowScreen() {
        Dimension before = browser.manage().window().getSize();
        browser.manage().window().setSize(new Dimension(500, 700));
        try {
            browser.get(redirectUrl(create()));

            assertThat(browser.executeScript(
                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .isEqualTo(true);
            assertThat(browser.findElement(By.id("sign")).getSize().getHeight()).isGreaterThanOrEqualTo(44);
        } finally {
            browser.manage().window().setSize(before);
        }
    }

    @Test
    void aRedirectUrlThatWasUsedLeadsNowhereAndANewOneDoes() {
        DirectJobResponse created = create();
        browser.get(redirectUrl(created));
        browser.get(redirectUrl(created));
        assertThat(browser.findElement(By.tagName("h1")).getText()).isEqualTo("This link has been used");

        var signer = received(client.direct().requestNewRedirectUrl(created.singleSigner()));
        browser.get(signer.redirectUrl().toString());

        assertThat(browser.findElements(By.id("sign"))).hasSize(1);
    }

    private String read(WebElement document) {
        String page = browser.getWindowHandle();
        document.click();
        new WebDriverWait(browser, Duration.ofSeconds(30)).until(ExpectedConditions.numberOfWindowsToBe(2));
        browser.getWindowHandles().stream()
                .filter(window -> !window.equals(page))
                .forEach(window -> browser.switchTo().window(window));
        try {
            return new WebDriverWait(browser, Duration.ofSeconds(30))
                    .until(ExpectedConditions.presenceOfElementLocated(By.tagName("pre")))
                    .getText();
        } finally {
            browser.close();
            browser.switchTo().window(page);
        }
    }

    private URI comeBack(String path) {
        new WebDriverWait(browser, Duration.ofSeconds(30)).until(ExpectedConditions.titleIs("Welcome back"));
        URI exit = URI.create(browser.getCurrentUrl());
        assertThat(exit.getPath()).isEqualTo(path);
        return exit;
    }

    private DirectJobStatusResponse status(DirectJobResponse created, URI exit) {
        String token = new QueryStringDecoder(exit)
                .parameters()
                .get(StatusReference.STATUS_QUERY_TOKEN_PARAM_NAME)
                .get(0);
        return received(client.direct().getStatus(StatusReference.of(created).withStatusQueryToken(token)));
    }

    private DirectJobResponse create() {
        String text = "Ingen støy etter kl. 23\n";
        URI home = URI.create("http://localhost:" + sender.port());
        return received(client.direct()
                .create(DirectJob.builder(
                                "Leiekontrakt & <vilkår>",
                                List.of(
                                        DirectDocument.builder("Kontrakt", TestPdf.ofPages(2))
                                                .build(),
                                        DirectDocument.builder("Husregler", text.getBytes(StandardCharsets.UTF_8))
                                                .type(DocumentType.TXT)
                                                .build()),
                                List.of(DirectSigner.withPersonalIdentificationNumber(PIN)
                                        .build()),
                                ExitUrls.of(
                                        home.resolve("/completed?case=17#top"),
                                        home.resolve("/rejected"),
                                        home.resolve("/failed")))
                        .build()));
    }

    private static String redirectUrl(DirectJobResponse created) {
        return created.singleSigner().redirectUrl().toString();
    }

    private static <T> T received(Mono<T> answer) {
        return answer.block(Duration.ofSeconds(30));
    }
}
