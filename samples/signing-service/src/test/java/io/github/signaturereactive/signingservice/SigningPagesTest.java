package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.schemas.Schemas;
import io.github.signaturereactive.signingservice.job.JobStatus;
import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.client.HttpClient;

class SigningPagesTest {

    private static final String MANIFEST = """
            <direct-signature-job-manifest xmlns="http://signering.posten.no/schema/v1">\
            <signer><signer-identifier>tenant-7</signer-identifier></signer>\
            <sender><organization-number>123456789</organization-number></sender>\
            <title>Lease &lt;script&gt; &amp; "terms"</title>\
            <documents><document href="minutes.txt" mime="text/plain"><title>House rules</title></document></documents>\
            </direct-signature-job-manifest>""";

    private SigningService service;

    private record Page(int status, HttpHeaders headers, String body) {

        String location() {
            return headers.get("Location");
        }
    }

    @BeforeEach
    void start() {
        service = SigningService.start();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aRedirectUrlOpensThePageOnce() {
        String redirectUrl = createDirect("https://sender.example/done");

        Page first = get(redirectUrl);
        Page second = get(redirectUrl);

        assertThat(first.status()).isEqualTo(303);
        assertThat(get(first.location()).status()).isEqualTo(200);
        assertThat(get(first.location()).status())
                .as("the page can be looked at again")
                .isEqualTo(200);
        assertThat(second.status()).isEqualTo(410);
        assertThat(second.body()).contains("This link has been used");
    }

    @Test
    void thePageShowsTheDocumentsAndWhatCanBeDoneWithoutScripts() {
        String page = open(createDirect("https://sender.example/done"));

        Page shown = get(page);

        assertThat(shown.body())
                .contains("<html lang=\"en\">", "<h1>Lease &lt;script&gt; &amp; &quot;terms&quot;</h1>")
                .contains(">House rules</a>", ">Sign</button>", ">Reject</button>", "Simulate an error")
                .doesNotContain("<script");
        assertThat(shown.headers().get("Content-Security-Policy")).contains("default-src 'none'");
        Page document = get(page + "/documents/1");
        assertThat(document.headers().get("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(document.body()).isEqualTo("We met.");
        assertThat(get(page + "/documents/2").status()).isEqualTo(404);
        assertThat(get(service.browserUrl() + "/signing.css").headers().get("Content-Type"))
                .startsWith("text/css");
    }

    @ParameterizedTest
    @CsvSource({
        "https://sender.example, https://sender.example?status_query_token=TOKEN",
        "https://sender.example/done?, https://sender.example/done?status_query_token=TOKEN",
        "https://sender.example/done?a=b%20c, https://sender.example/done?a=b%20c&amp;status_query_token=TOKEN",
        "https://sender.example/#/done?x, https://sender.example/?status_query_token=TOKEN#/done?x",
        "app.example:/done?a&amp;b#c, app.example:/done?a&amp;b&amp;status_query_token=TOKEN#c"
    })
    void theTokenIsAppendedToTheQueryOfTheExitUrl(String exitUrl, String expected) {
        String page = open(createDirect(exitUrl));

        String location = post(page + "/signed").location();

        assertThat(location.replaceFirst("status_query_token=[\\w-]+", "status_query_token=TOKEN"))
                .isEqualTo(expected.replace("&amp;", "&"));
        assertThat(service.jobs().latest().status()).isEqualTo(JobStatus.COMPLETED_SUCCESSFULLY);
    }

    @ParameterizedTest
    @CsvSource({"rejected, REJECTED", "failed, FAILED"})
    void whoDoesNotSignGoesElsewhere(String act, SignerStatus status) {
        String page = open(createDirect("https://sender.example/done"));

        assertThat(post(page + "/" + act).location())
                .startsWith("https://sender.example/" + act + "?status_query_token=");
        assertThat(service.jobs().latest().signers().get(0).status()).isEqualTo(status);
    }

    @Test
    void whoHasActedCannotActAgainButGoBack() {
        String page = open(createDirect("https://sender.example/done"));
        assertThat(post(page + "/leave").status()).isEqualTo(409);
        String first = post(page + "/signed").location();

        assertThat(post(page + "/rejected").status()).isEqualTo(409);
        assertThat(get(page).body()).contains("You have signed.").doesNotContain(">Sign<");
        assertThat(post(page + "/leave").location())
                .startsWith("https://sender.example/done?status_query_token=")
                .isNotEqualTo(first);
    }

    @Test
    void portalSignersGetAPageFromTheControlApi() {
        byte[] bundle =
                TestBundle.by(service.clientCertificate(), Instant.now()).zip();
        assertThat(RawClient.of(service).create(bundle).status()).isEqualTo(200);
        long id = service.jobs().latest().id();
        Page control = send(HttpMethod.POST, service.controlUrl() + "/jobs/" + id + "/signers/0/page");
        Matcher url = Pattern.compile("\\{\"url\":\"(.*)\"}").matcher(control.body());
        assertThat(url.matches()).isTrue();
        String page = open(url.group(1));

        Page signed = post(page + "/signed");

        assertThat(signed.location()).as("nobody to go back to").isEqualTo(page);
        assertThat(get(page).body()).contains("You have signed.").doesNotContain("<button");
        assertThat(service.jobs().latest().status()).isEqualTo(JobStatus.COMPLETED_SUCCESSFULLY);
    }

    @Test
    void pageOffersNothingBeforeTheSignersTurn() {
        byte[] bundle = TestBundle.by(service.clientCertificate(), Instant.now())
                .manifest(manifest ->
                        manifest.replaceFirst("(<signer)>(.*)(</signer>)", "$1 order=\"1\">$2$3$1 order=\"2\">$2$3"))
                .zip();
        assertThat(RawClient.of(service).create(bundle).status()).isEqualTo(200);
        long id = service.jobs().latest().id();
        String page = open(service.jobs().signingUrl(id, SignerSelector.at(1)).toString());

        assertThat(get(page).body()).contains("You cannot sign yet.").doesNotContain("<button");
        assertThat(post(page + "/rejected").status()).isEqualTo(409);
        service.jobs().sign(id, 0);
        assertThat(get(page).body()).contains(">Sign<", ">Reject<");
    }

    @Test
    void controlApiCompletesSession() {
        assertThat(createDirect("https://sender.example/done")).isNotEmpty();
        long id = service.jobs().latest().id();

        Page played = send(HttpMethod.POST, service.controlUrl() + "/jobs/" + id + "/signers/0/session/signed");

        assertThat(played.body()).startsWith("{\"exitUrl\":\"https://sender.example/done?status_query_token=");
        assertThat(send(HttpMethod.POST, service.controlUrl() + "/jobs/" + id + "/signers/0/session/signed")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(get(service.browserUrl() + "/signing/unknown").status()).isEqualTo(404);
        assertThat(post(service.browserUrl() + "/signing/unknown/signed").status())
                .isEqualTo(404);
        assertThat(get(service.browserUrl() + "/redirect/unknown").status()).isEqualTo(410);
    }

    @Test
    void anExitUrlThatIsNoneIsRefused() {
        assertThat(create("not a URL").errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
        assertThat(create("/relative").errorMessage()).contains("not an absolute URL");
    }

    private String createDirect(String exitUrl) {
        RawClient.Answered created = create(exitUrl);
        assertThat(created.status()).isEqualTo(200);
        assertThat(Schemas.MESSAGES.validate(created.body().getBytes(UTF_8)).getDocumentElement())
                .isNotNull();
        return created.element("redirect-url");
    }

    private RawClient.Answered create(String exitUrl) {
        byte[] bundle = TestBundle.by(service.clientCertificate(), Instant.now())
                .manifest(portal -> MANIFEST)
                .zip();
        return RawClient.of(service)
                .send(
                        HttpMethod.POST,
                        "/123456789/direct/signature-jobs",
                        "multipart/mixed; boundary=frontier",
                        RawClient.multipart(RawClient.Part.xml(request(exitUrl)), RawClient.Part.bundle(bundle)));
    }

    private static String open(String redirectUrl) {
        return get(redirectUrl).location();
    }

    private static Page get(String url) {
        return send(HttpMethod.GET, url);
    }

    private static Page post(String url) {
        return send(HttpMethod.POST, url);
    }

    private static Page send(HttpMethod method, String url) {
        return HttpClient.newConnection()
                .request(method)
                .uri(URI.create(url))
                .responseSingle((response, content) -> content.asString(UTF_8)
                        .defaultIfEmpty("")
                        .map(body -> new Page(response.status().code(), response.responseHeaders(), body)))
                .block();
    }

    private static String request(Object exitUrl) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <direct-signature-job-request xmlns="http://signering.posten.no/schema/v1"><exit-urls>\
            <completion-url>%s</completion-url><rejection-url>https://sender.example/rejected</rejection-url>\
            <error-url>https://sender.example/failed</error-url></exit-urls></direct-signature-job-request>""".formatted(exitUrl);
    }
}
