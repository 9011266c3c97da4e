package io.github.signaturereactive.signingservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.signingservice.job.SignerSnapshot;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

class ControlApiTest {

    private SigningService service;
    private long id;

    @BeforeEach
    void start() {
        service = SigningService.start();
        RawClient.Answered created = RawClient.of(service)
                .create(TestBundle.by(service.clientCertificate(), Instant.now())
                        .manifest(manifest -> manifest.replaceFirst("(<signer>.*</signer>)", "$1$1"))
                        .zip());
        id = Long.parseLong(created.element("signature-job-id"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void jobsAreShownWithTheirEntriesAndWithoutWhoTheSignersAre() {
        String all = call("GET", "/jobs");

        assertThat(all)
                .startsWith("200 [{\"id\":" + id + ",\"flow\":\"PORTAL\",\"organizationNumber\":\"123456789\"")
                .contains("\"status\":\"WAITING\"")
                .contains("\"name\":\"minutes.txt\"")
                .contains("\"sha256\":\""
                        + service.jobs().get(id).received().entry("minutes.txt").sha256() + "\"")
                .doesNotContain("12345678910", "signer@board.example");
        assertThat(call("GET", "/jobs/" + id)).isEqualTo("200 " + all.substring(5, all.length() - 1));
    }

    @Test
    void signersSignAndReject() {
        assertThat(call("POST", "/jobs/" + id + "/signers/1/signed")).startsWith("200 ");
        assertThat(call("POST", "/jobs/" + id + "/signers/0/rejected")).contains("\"status\":\"FAILED\"");
        assertThat(service.jobs().get(id).signers())
                .extracting(SignerSnapshot::status)
                .containsExactly(SignerStatus.REJECTED, SignerStatus.SIGNED);
    }

    @Test
    void everybodySignsAtOnce() {
        assertThat(call("POST", "/jobs/" + id + "/sign")).contains("\"status\":\"COMPLETED_SUCCESSFULLY\"");
    }

    @Test
    void aJobExpires() {
        assertThat(call("POST", "/jobs/" + id + "/expire")).contains("\"status\":\"EXPIRED\"");
        assertThat(call("POST", "/jobs/" + id + "/expire")).startsWith("409 {\"error\":");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(call("GET", "/jobs/1")).startsWith("404 ");
        assertThat(call("GET", "/nowhere")).startsWith("404 ");
        assertThat(call("POST", "/jobs/" + id + "/signers/7/signed")).startsWith("404 ");
        assertThat(call("POST", "/jobs/" + id + "/signers/0/delighted")).startsWith("404 ");
    }

    private String call(String method, String path) {
        return HttpClient.newConnection()
                .request(io.netty.handler.codec.http.HttpMethod.valueOf(method))
                .uri(service.controlUrl() + path)
                .responseSingle((response, content) ->
                        content.asString().map(text -> response.status().code() + " " + text))
                .block();
    }
}
