package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.openqa.selenium.WebElement;

/** Drives the application's pages in a browser. */
final class SamplePages {

    static final String KARI = "12345678910";

    private final Browser browser;
    private final int port;

    SamplePages(Browser browser, int port) {
        this.browser = browser;
        this.port = port;
    }

    void open(String path) {
        browser.driver().get("http://localhost:" + port + path);
    }

    /** Fills in the title and the documents of the form for a new job. */
    void fillIn(String title, Path... documents) {
        open("/jobs/new");
        browser.find("#title").sendKeys(title);
        for (Path document : documents) {
            browser.find("#documents").sendKeys(document.toString());
        }
    }

    /** Signs a direct job on the page of the signing service, and returns to the page of the job. */
    void signDirectJob(String title, Path... documents) {
        fillIn(title, documents);
        browser.find("#personalNumber").sendKeys(KARI);
        browser.find("#send").click();
        browser.find("#sign").click();
        browser.awaitText("#status", "Signed");
    }

    /**
     * Creates a portal job for two signers, one with a personal identification number and one with an e-mail address.
     */
    void createPortalJob(String title, Path... documents) {
        fillIn(title, documents);
        browser.find("#flow-portal").click();
        browser.find("#signer0").sendKeys(KARI);
        browser.find("#add-signer").click();
        browser.driver().switchTo().activeElement().sendKeys("ola@example.com");
        browser.find("#send").click();
        browser.awaitText("#headline", "0 of 2 have signed");
    }

    /** Opens a portal signer's signing page in a new tab, presses a button, and closes the tab. */
    void actAs(int signer, String button) {
        browser.find("#sign-" + signer).click();
        browser.switchToNewTab();
        browser.find("#" + button).click();
        assertThat(browser.find("p[role=status]").isDisplayed()).isTrue();
        browser.closeTab();
    }

    /** Downloads the signed document from the page of the job. */
    byte[] download(String fileName) {
        browser.find("#download").click();
        return browser.downloaded(fileName);
    }

    List<String> texts(String selector) {
        return browser.all(selector).stream().map(WebElement::getText).toList();
    }
}
