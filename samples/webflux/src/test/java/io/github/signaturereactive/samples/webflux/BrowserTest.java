package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.SigningService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Tests both flows in a browser, from the upload to the signed PDF. */
@SampleTest
@TestPropertySource(properties = "spring.r2dbc.url=r2dbc:h2:mem:///browser?options=DB_CLOSE_DELAY=-1")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTest {

    private static final String KARI = SamplePages.KARI;

    @TempDir
    private static Path directory;

    private static Browser browser;

    @Autowired
    private SigningService service;

    @Value("${local.server.port}")
    private int port;

    private SamplePages pages;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(directory);
        for (String name : List.of("Rental agreement", "House rules")) {
            Files.write(directory.resolve(name + ".pdf"), TestPdf.ofPages(2));
        }
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void desktop() {
        browser.desktop();
        pages = new SamplePages(browser, port);
    }

    @AfterEach
    void theConsoleIsSilent() {
        assertThat(browser.driver().manage().logs().get("browser").getAll())
                .extracting(complaint -> complaint.getMessage())
                .as("what the browser complains about: scripts, styles, addresses, the content security policy")
                .filteredOn(complaint -> complaint.startsWith("http://localhost:" + port))
                .allMatch(complaint -> complaint.matches("(?s).*status of (404|413|422).*"));
    }

    @Test
    @Order(1)
    void beforeThereAreAnyJobsThePageSaysHowToBegin() {
        pages.open("/");

        assertThat(browser.find("main").getText()).contains("No jobs yet");
        browser.find("main a.button").click();
        assertThat(browser.find("h1").getText()).isEqualTo("New job");
    }

    @Test
    @Order(2)
    void aDirectJobFromTheUploadToTheSignedPdf() {
        pages.signDirectJob("Rental agreement", pdf("Rental agreement"), pdf("House rules"));

        URI back = URI.create(browser.driver().getCurrentUrl());
        assertThat(back.getPort()).isEqualTo(port);
        assertThat(back.getPath()).matches("/jobs/[0-9a-f-]{36}");
        assertThat(back.getQuery()).isNull();
        assertThat(pages.texts(".documents li")).containsExactly("Rental agreement", "House rules");
        assertThat(pages.texts(".timeline li span:nth-child(2)")).containsExactly("Created", "Signed");
        assertThat(TestPdf.signatures(pages.download("Rental agreement.pdf"))).isOne();
        pages.open("/");
        assertThat(browser.find(".jobs li").getText()).contains("Rental agreement", "For you to sign", "Signed");
    }

    @Test
    @Order(3)
    void aPortalJobIsWatchedUntilTheSignedPdfIsThere() {
        pages.createPortalJob("Rental agreement", pdf("Rental agreement"));
        browser.driver().executeScript("window.neverReloaded = true");

        pages.actAs(0, "sign");
        browser.awaitText("#headline", "1 of 2 have signed");
        assertThat(pages.texts(".people small")).containsExactly("Has signed", "Has not signed yet");
        assertThat(browser.all("#sign-0")).isEmpty();
        pages.actAs(1, "sign");
        browser.awaitText("#status", "Signed");

        assertThat(browser.driver().executeScript("return window.neverReloaded"))
                .isEqualTo(true);
        browser.awaitText("#said", "Signed. Everyone has signed. The signed document is ready.");
        assertThat(pages.texts(".timeline li span:nth-child(2)"))
                .containsExactly("Created", "1 of 2 have signed", "All 2 have signed");
        browser.screenshot("webflux-job.png");
        assertThat(TestPdf.signatures(pages.download("Rental agreement.pdf"))).isEqualTo(2);
    }

    @Test
    @Order(4)
    void aDirectJobThatIsRejectedIsShownAsSuch() {
        pages.fillIn("Purchase of a boat", pdf("House rules"));
        browser.find("#personalNumber").sendKeys(KARI);
        browser.find("#send").click();

        browser.find("#reject").click();

        browser.awaitText("#status", "Rejected");
        assertThat(browser.all("#download")).isEmpty();
        assertThat(pages.texts(".people small")).containsExactly("Rejected");
    }

    @Test
    @Order(5)
    void aPortalJobThatIsRejectedIsShownAsSuchWithoutAReload() {
        pages.fillIn("Non-disclosure agreement", pdf("House rules"));
        browser.find("#flow-portal").click();
        browser.find("#signer0").sendKeys("kari@example.com");
        browser.find("#send").click();
        browser.awaitText("#headline", "0 of 1 have signed");

        pages.actAs(0, "reject");

        browser.awaitText("#status", "Rejected");
        browser.awaitText("#said", "Rejected");
        assertThat(browser.all("#download")).isEmpty();
    }

    @Test
    @Order(6)
    void whoHasLeftTheSigningServiceMayGoThereAgain() {
        pages.fillIn("Consent to publication", pdf("House rules"));
        browser.find("#personalNumber").sendKeys(KARI);
        browser.find("#send").click();
        assertThat(browser.find("#reject").isDisplayed()).isTrue();

        pages.open("/");
        browser.find(".jobs a").click();
        browser.awaitText("#headline", "Read and sign the documents");
        browser.find("#sign").click();
        browser.find("form[action$='/failed'] button").click();

        browser.awaitText("#status", "Failed");
    }

    @Test
    @Order(7)
    void theKeyboardAloneFillsInTheFormAndSendsIt() {
        pages.open("/jobs/new");
        press(Keys.TAB, Keys.ENTER); // skip to content
        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("All jobs");
        press(Keys.TAB);
        type("Membership");
        press(Keys.TAB);
        assertThat(focused().getAttribute("id")).isEqualTo("documents");
        focused().sendKeys(directory.resolve("House rules.pdf").toString()); // instead of the file dialog
        press(Keys.TAB, Keys.ARROW_DOWN);
        assertThat(browser.find("#flow-portal").isSelected()).isTrue();
        press(Keys.TAB);
        type("kari@example.com");
        press(Keys.TAB);
        assertThat(focused().getText()).isEqualTo("Add a signer");
        press(Keys.ENTER);
        type("nobody");
        press(Keys.ENTER);

        browser.awaitText("#signer1-error", "Enter a personal identification number");
        assertThat(focused().getAttribute("id")).isEqualTo("errors");
        press(Keys.TAB, Keys.ENTER);
        assertThat(focused().getAttribute("id")).isEqualTo("signer1");
        assertThat(focused().getAttribute("value")).isEqualTo("nobody");
        press(Keys.chord(Keys.CONTROL, "a"));
        type("ola@example.com");
        browser.find("#documents").sendKeys(directory.resolve("House rules.pdf").toString());
        press(Keys.ENTER);

        browser.awaitText("#headline", "0 of 2 have signed");
    }

    @Test
    @Order(8)
    void whatIsTooLargeIsSaidBeforeItIsSent() throws IOException {
        Path large = Files.write(directory.resolve("large.pdf"), new byte[30 << 20]);
        pages.open("/jobs/new");
        browser.find("#documents").sendKeys(large.toString());

        browser.awaitText("#chosen", "The documents are larger than 10 MB together.");
        browser.find("#title").sendKeys("Large", Keys.ENTER);

        assertThat(browser.find("#send").getText()).isEqualTo("Continue");
        assertThat(focused().getAttribute("id")).isEqualTo("documents");
        browser.driver().executeScript("document.getElementById('new-job').submit()"); // as if scripts were disabled
        browser.awaitText("#documents-error", "The documents are too large");
        assertThat(browser.find("#title").getAttribute("value")).isEqualTo("Large");
    }

    @Test
    @Order(9)
    void everyPageFitsAPhone() {
        var client = new SampleClient(port);
        String waiting = created(
                client, "Agreement on the boat, its use, its care and its costs, with all appendices", "Agreement", 3);
        String rejected = created(client, "Terms of employment, amended", "a_name_without_any_blank_".repeat(3), 1);
        service.jobs().reject(service.jobs().latest().id(), 0);
        String signed = created(client, "Employment contract", "Contract", 1);
        service.jobs().sign(service.jobs().latest().id(), 0);
        pages.open(signed);
        browser.awaitText("#status", "Signed");
        pages.open("/");
        browser.screenshot("webflux-jobs.png");
        pages.open("/jobs/new");
        browser.find("#title").sendKeys("Rental agreement");
        browser.find("#documents")
                .sendKeys(directory.resolve("Rental agreement.pdf") + "\n" + directory.resolve("House rules.pdf"));
        browser.screenshot("webflux-new-job.png");

        browser.phone();
        for (String page : List.of("/", "/jobs/new", waiting, rejected, signed, "/nothing")) {
            pages.open(page);
            assertThat(browser.overflow()).as(page).isEmpty();
            assertThat(browser.smallTargets()).as(page).isEmpty();
        }
        pages.open("/jobs/new");
        browser.find("#send").click();
        assertThat(browser.find("#errors").isDisplayed()).isTrue();
        assertThat(browser.overflow()).as("the form with errors").isEmpty();
        pages.open(waiting);
        browser.screenshot("webflux-phone.png");
    }

    @Test
    @Order(10)
    void pagesFollowTheColourScheme() {
        var client = new SampleClient(port);
        String waiting = created(client, "Waiting", "Agreement", 2);
        String rejected = created(client, "Rejected", "Agreement", 1);
        service.jobs().reject(service.jobs().latest().id(), 0);
        String signed = created(client, "Signed", "Agreement", 1);
        service.jobs().sign(service.jobs().latest().id(), 0);
        pages.open(signed);
        browser.awaitText("#status", "Signed");
        Set<String> backgrounds = new HashSet<>();
        for (String scheme : List.of("dark", "light")) {
            browser.colourScheme(scheme);
            for (String page : List.of("/", "/jobs/new", waiting, rejected, signed, "/nothing")) {
                pages.open(page);
                assertThat(browser.lowContrasts()).as(page + " " + scheme).isEmpty();
            }
            backgrounds.add(browser.background());
            pages.open("/jobs/new");
            browser.find("#send").click();
            assertThat(browser.find("#errors").isDisplayed()).isTrue();
            assertThat(browser.lowContrasts()).as("errors " + scheme).isEmpty();
        }
        assertThat(backgrounds).hasSize(2);
    }

    private static String created(SampleClient client, String title, String document, int signers) {
        Form form = Form.titled(title).with("flow", "PORTAL");
        for (int i : IntStream.range(0, signers).toArray()) {
            form = form.with("signer", "kari" + i + "@example.com");
        }
        return client.created(form.withDocument(document + ".pdf", TestPdf.ofPages(1)))
                .getPath();
    }

    private static Path pdf(String name) {
        return directory.resolve(name + ".pdf");
    }

    private static WebElement focused() {
        return browser.driver().switchTo().activeElement();
    }

    private static void press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private static void type(String text) {
        press(text);
    }
}
