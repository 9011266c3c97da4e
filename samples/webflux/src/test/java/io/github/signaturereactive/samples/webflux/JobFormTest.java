package io.github.signaturereactive.samples.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.SigningService;
import io.github.signaturereactive.signingservice.api.Fault;
import io.github.signaturereactive.signingservice.protocol.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

/** Tests the validation of the form and its error messages. */
@SampleTest
@ExtendWith(OutputCaptureExtension.class)
class JobFormTest {

    private static final String KARI = "12345678910";

    @Autowired
    private SigningService service;

    @Value("${local.server.port}")
    private int port;

    private SampleClient client;
    private int before;

    @BeforeEach
    void connect() {
        client = new SampleClient(port);
        before = service.jobs().all().size();
    }

    @AfterEach
    void nothingIsLoggedOfWhoSigns(CapturedOutput output) {
        service.faults().clear();
        assertThat(output)
                .doesNotContain(KARI)
                .doesNotContainIgnoringCase("@example.com")
                .doesNotContain("998 87 766");
    }

    @Test
    void aDirectJobSendsTheBrowserToTheSigningService() {
        URI next = client.created(Form.direct(KARI).withPdf());

        assertThat(next.toString()).matches("/jobs/[0-9a-f-]{36}/signing");
        assertThat(client.page(next.getPath()))
                .contains("http-equiv=\"refresh\" content=\"0;url=" + service.browserUrl() + "/redirect/")
                .contains("href=\"" + service.browserUrl() + "/redirect/");
        assertThat(service.jobs().latest().signers()).hasSize(1);
    }

    @Test
    void aPortalJobHasItsSignersInTheirOrder() {
        Form form =
                Form.portal(KARI, "", "Ola@Example.com", "998 87 766").withPdf().with("inOrder", "on");
        URI page = client.created(form);

        assertThat(page.getPath()).matches("/jobs/[0-9a-f-]{36}");
        assertThat(service.jobs().latest().signers())
                .extracting(signer -> signer.order(), signer -> signer.mobileNumber())
                .hasToString("[(0, Optional.empty), (1, Optional.empty), (2, Optional[99887766])]");
        assertThat(client.page(page.getPath()))
                .contains(
                        "Leiekontrakt – «båt»",
                        "0 of 3 have signed",
                        "o•••@example.com",
                        "Personal number 123456 •••••")
                .doesNotContain(KARI, "ola@example.com", "99887766");
    }

    @Test
    void severalDocumentsKeepTheirNamesAndOrder() {
        Form form = Form.portal(KARI);
        form = form.withDocument("Zebra.pdf", TestPdf.ofPages(3));
        form = form.withDocument("<Alfa & Ω>.PDF", TestPdf.ofPages(1));

        String page = client.page(client.created(form).getPath());

        assertThat(page).containsSubsequence("<li>Zebra</li>", "<li>&lt;Alfa &amp; Ω&gt;</li>");
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnceAtItsField() {
        String page = refused(Form.titled(" ").with("flow", "DIRECT"));

        assertThat(page)
                .contains("id=\"title-error\">Enter a title.")
                .contains("id=\"documents-error\">Choose at least one PDF.")
                .contains("id=\"personalNumber-error\">Enter your personal identification number.");
    }

    @Test
    void aFieldWithoutAFileIsNoDocument() {
        assertThat(refused(Form.portal(KARI).withDocument("", new byte[0]))).contains("Choose at least one PDF.");
    }

    @Test
    void whatIsNoPdfIsRefusedByName() {
        Form form = Form.portal(KARI).withPdf();
        form = form.withDocument("photo.pdf", "GIF89a".getBytes(StandardCharsets.US_ASCII));

        assertThat(refused(form)).contains("id=\"documents-error\">“photo” is not a PDF.");
    }

    @Test
    void aTitleMayHaveEightyCharacters() {
        assertThat(refused(Form.titled("T".repeat(81))
                        .with("flow", "PORTAL")
                        .with("signer", KARI)
                        .withPdf()))
                .contains("Use at most 80 characters. This title has 81.")
                .contains("value=\"" + "T".repeat(81) + "\"");
    }

    @Test
    void aPersonalIdentificationNumberHasElevenDigits() {
        assertThat(refused(Form.direct("1234567891").withPdf()))
                .contains("id=\"personalNumber-error\">A personal identification number has eleven digits.")
                .contains("aria-invalid=\"true\"");
    }

    @Test
    void whoNeedsToSignHereHasANumber() {
        assertThat(refused(Form.direct("kari@example.com").withPdf())).contains("id=\"personalNumber-error\"");
    }

    @Test
    void aSignerWhoIsNobodyIsToldAtTheSigner() {
        assertThat(refused(Form.portal(KARI, "nobody").withPdf()))
                .contains("id=\"signer1-error\">Enter a personal identification number of eleven digits");
    }

    @Test
    void nobodySignsTwice() {
        assertThat(refused(Form.portal("a@example.com", "A@example.com").withPdf()))
                .contains("id=\"signer1-error\">This signer is on the list already.");
    }

    @Test
    void aPortalJobHasASigner() {
        assertThat(refused(Form.portal("").withPdf())).contains("Enter at least one signer.");
    }

    @Test
    void theDocumentsMayHaveTenMegabytesTogether() {
        byte[] large = Arrays.copyOf(TestPdf.ofPages(1), 6 << 20);
        Form form = Form.portal(KARI);
        form = form.withDocument("one.pdf", large);
        form = form.withDocument("two.pdf", large);

        assertThat(refused(form)).contains("id=\"documents-error\">The documents are too large");
    }

    @Test
    void tooLargeUploadKeepsWhatWasTyped() {
        byte[] large = Arrays.copyOf(TestPdf.ofPages(1), 30 << 20);

        assertThat(refused(Form.titled("Leiekontrakt – «båt»")
                        .withDocument("large.pdf", large)
                        .with("flow", "PORTAL")
                        .with("signer", KARI)
                        .with("signer", "ola@example.com")
                        .with("inOrder", "on")))
                .contains("id=\"documents-error\">The documents are too large: together they may have 10 MB.")
                .contains("value=\"Leiekontrakt – «båt»\"", "value=\"" + KARI + "\"", "value=\"ola@example.com\"")
                .containsPattern("id=\"flow-portal\"[^>]*checked")
                .containsPattern("id=\"inOrder\"[^>]*checked");
    }

    @Test
    void hugeUploadIsAnsweredUnread() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("POST /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                                    + Form.MEDIA_TYPE + "\r\nContent-Length: " + (101 << 20) + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("The documents are too large");
        }
    }

    @Test
    void aJobThatTheServiceRefusesIsShownAsSuch() {
        service.faults().next(Operation.CREATE, Fault.error(400, "ASICE_VALIDATION_FAILED", "Not like this."));

        EntityExchangeResult<byte[]> answer = client.send(Form.portal(KARI).withPdf());

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.BAD_GATEWAY);
        assertThat(SampleClient.text(answer)).contains("The signing service refused the request", "Not like this.");
        assertThat(client.page("/")).contains("Not sent");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://attacker.example",
        "Origin, http://localhost:1",
        "Origin, https://localhost:{port}",
        "Origin, http://localhost.attacker.example:{port}",
        "Origin, null",
    })
    void formFromAnotherSiteIsRefused(String header, String value) {
        EntityExchangeResult<byte[]> answer = sendWith(header, value.replace("{port}", Integer.toString(port)));

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(service.jobs().all()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, same-origin",
        "Origin, http://localhost:{port}",
        "Origin, http://127.0.0.1:{port}",
        "Accept, */*",
    })
    void formFromThisSiteIsTaken(String header, String value) {
        EntityExchangeResult<byte[]> answer = sendWith(header, value.replace("{port}", Integer.toString(port)));

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
    }

    private EntityExchangeResult<byte[]> sendWith(String header, String value) {
        return client.web()
                .post()
                .uri("/jobs")
                .header(header, value)
                .header("Content-Type", Form.MEDIA_TYPE)
                .bodyValue(Form.portal(KARI).withPdf().bytes())
                .exchange()
                .expectBody()
                .returnResult();
    }

    @Test
    void exitUrlsDoNotDependOnTheHostHeader() {
        EntityExchangeResult<byte[]> answer = client.web()
                .post()
                .uri("/jobs")
                .header("Host", "attacker.example")
                .header("Content-Type", Form.MEDIA_TYPE)
                .bodyValue(Form.direct(KARI).withPdf().bytes())
                .exchange()
                .expectBody()
                .returnResult();

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(new String(service.jobs().latest().received().requestXml(), StandardCharsets.UTF_8))
                .contains("<completion-url>http://localhost:" + port + "/jobs/")
                .doesNotContain("attacker.example");
    }

    @Test
    void pagesSubmitFormsToThisSiteOnly() {
        EntityExchangeResult<byte[]> answer =
                client.web().get().uri("/jobs/new").exchange().expectBody().returnResult();

        assertThat(answer.getResponseHeaders().getFirst("Content-Security-Policy"))
                .contains("form-action 'self'");
    }

    @Test
    void aFormThatIsCutCannotBeRead() {
        byte[] whole = Form.portal(KARI).withPdf().bytes();

        EntityExchangeResult<byte[]> answer = client.web()
                .post()
                .uri("/jobs")
                .header("Content-Type", Form.MEDIA_TYPE)
                .bodyValue(Arrays.copyOf(whole, whole.length - 40))
                .exchange()
                .expectBody()
                .returnResult();

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(SampleClient.text(answer)).contains("The form cannot be read");
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        String page = refused(Form.titled("a\u0001b")
                .with("flow", "PORTAL")
                .with("signer", "a".repeat(320) + "@example.com")
                .withPdf());

        assertThat(page).contains("id=\"title-error\">Use letters").contains("id=\"signer0-error\"");
    }

    @Test
    void whatIsNoFormIsSaidToHaveNothingInIt() {
        EntityExchangeResult<byte[]> answer = client.web()
                .post()
                .uri("/jobs")
                .bodyValue("hello")
                .exchange()
                .expectBody()
                .returnResult();

        assertThat(answer.getStatus()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void anUnknownJobIsNotFound() {
        for (String path : new String[] {
            "/jobs/1", "/jobs/1/signed.pdf", "/jobs/1/events", "/jobs/1/completed?status_query_token=x", "/x"
        }) {
            EntityExchangeResult<byte[]> answer =
                    client.web().get().uri(path).exchange().expectBody().returnResult();
            assertThat(answer.getStatus()).as(path).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(SampleClient.text(answer)).contains("Page not found");
        }
    }

    private String refused(Form form) {
        EntityExchangeResult<byte[]> answer = client.send(form);
        assertThat(answer.getStatus()).isEqualTo(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(service.jobs().all()).hasSize(before);
        return SampleClient.text(answer);
    }
}
