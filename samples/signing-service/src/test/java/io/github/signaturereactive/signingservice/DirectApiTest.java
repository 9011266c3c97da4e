package io.github.signaturereactive.signingservice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.signaturereactive.signingservice.job.SignerSelector;
import io.github.signaturereactive.signingservice.job.SignerStatus;
import io.github.signaturereactive.signingservice.protocol.Operation;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URLEncoder;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that the service refuses in the direct flow. */
class DirectApiTest {

    private static final String JOBS = "/123456789/direct/signature-jobs";
    private static final String SIGNER = "<signer><signer-identifier>tenant-7</signer-identifier></signer>";
    private static final String UPDATE = """
            <direct-signer-update-request xmlns="http://signering.posten.no/schema/v1"><redirect-url/>\
            </direct-signer-update-request>""";

    private SigningService service;
    private RawClient client;

    @BeforeEach
    void start() {
        service = SigningService.start();
        client = RawClient.of(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aNewRedirectUrlHasToBeAskedFor() {
        String signer = job() + "/signers/1";

        assertThat(client.post(signer).errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
        assertThat(update(signer, RawClient.REQUEST).errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
        assertThat(update(signer, UPDATE).element("redirect-url")).startsWith(service.browserUrl() + "/redirect/");
        assertThat(update(job() + "/signers/2", UPDATE).status()).isEqualTo(404);
        assertThat(update(signer, " ".repeat(100_000)).status()).isEqualTo(413);
    }

    @Test
    void aNewRedirectUrlIsNotForSomebodyWhoHasActed() {
        String job = job();
        service.jobs().sign(service.jobs().latest().id(), 0);

        assertThat(update(job + "/signers/1", UPDATE).status()).isEqualTo(409);
    }

    @Test
    void theStatusIsForWhoeverHasAToken() {
        String job = job();
        service.jobs().sign(service.jobs().latest().id(), 0);
        RawClient.Answered early = client.get(job + "/status?status_query_token=any");
        assertThat(early.status()).isEqualTo(404);
        assertThat(early.errorCode()).isEqualTo("SIGNING_CEREMONY_NOT_COMPLETED");

        String next = job();
        assertThat(service.jobs()
                        .completeSession(service.jobs().latest().id(), SignerSelector.at(0), SignerStatus.SIGNED))
                .hasParameter("status_query_token");

        for (String query : new String[] {"", "?status_query_token=", "?status_query_token=wrong"}) {
            RawClient.Answered refused = client.get(next + "/status" + query);
            assertThat(refused.status()).as(query).isEqualTo(403);
            assertThat(refused.errorCode()).as(query).isEqualTo("INVALID_STATUS_QUERY_TOKEN");
        }
    }

    @Test
    void thereIsNoStatusUrlWhereTheStatusIsPolled() {
        RawClient.Answered created =
                create(request("<status-retrieval-method>POLLING</status-retrieval-method>"), SIGNER);

        assertThat(created.body()).doesNotContain("status-url");
        assertThat(client.get(JOBS + "/" + created.element("signature-job-id") + "/status")
                        .errorCode())
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void twoSignersWithTheSameIdentifierAreRefused() {
        assertThat(create(request(""), SIGNER + SIGNER).errorMessage()).contains("the same signer-identifier");
    }

    @Test
    void aPortalRequestIsNoDirectOne() {
        assertThat(create(RawClient.REQUEST, SIGNER).errorCode()).isEqualTo("SCHEMA_VALIDATION_ERROR");
    }

    @Test
    void aDirectJobIsNotToBeFoundInThePortalNorCancelled() {
        String inPortal = job().replace("/direct/", "/portal/");
        service.jobs().signAll(service.jobs().latest().id());

        assertThat(client.get(inPortal + "/pades").status()).isEqualTo(404);
        assertThat(client.post(inPortal + "/cancel").status()).isEqualTo(404);
        assertThat(client.get(inPortal.replace("/portal/", "/direct/") + "/pades")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theArchiveIsEmptyWithoutLongTermStorage() {
        assertThat(job()).isNotEmpty();
        service.jobs().signAll(service.jobs().latest().id());

        assertThat(service.jobs().latest().archiveId()).isEmpty();
    }

    @Test
    void archiveIdsAreOpaque() {
        try (SigningService storing =
                SigningService.builder().longTermStorage(true).start()) {
            RawClient caller = RawClient.of(storing);
            byte[] bundle =
                    TestBundle.by(storing.clientCertificate(), Instant.now()).zip();
            assertThat(caller.create(bundle).status()).isEqualTo(200);
            long job = storing.jobs().latest().id();
            assertThat(storing.jobs().get(job).archiveId()).isEmpty();
            storing.jobs().signAll(job);

            String id = storing.jobs().get(job).archiveId().orElseThrow();

            assertThat(id).containsPattern("[^0-9]").doesNotContain(Long.toString(job));
            String encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
            assertThat(caller.get(archived(encoded)).status()).isEqualTo(200);
            for (String other : new String[] {"1", Long.toString(job), "%C3%A6%2F1", encoded + "x"}) {
                assertThat(caller.get(archived(other)).errorCode()).as(other).isEqualTo("NOT_FOUND");
            }
            assertThat(storing.observations().completeRequests(Operation.ARCHIVED_PADES))
                    .isEqualTo(5);
            RawClient stranger = RawClient.of(storing, storing.issueClientCertificate("987654321"));
            assertThat(stranger.get(archived(encoded).replace("123456789", "987654321"))
                            .status())
                    .isEqualTo(404);
        }
    }

    private static String archived(String id) {
        return "/123456789/archive/documents/" + id + "/pades";
    }

    @Test
    void ownIdentifierHasNoPersonalIdentificationNumberToShow() {
        assertThat(createIdentifiedBy("PERSONAL_IDENTIFICATION_NUMBER_AND_NAME", SIGNER)
                        .errorMessage())
                .contains("needs every signer to be identified by personal identification number");
        assertThat(createIdentifiedBy("NAME", SIGNER).status()).isEqualTo(200);
        assertThat(createIdentifiedBy(
                                "PERSONAL_IDENTIFICATION_NUMBER_AND_NAME",
                                "<signer><personal-identification-number>12345678910"
                                        + "</personal-identification-number></signer>")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyFlowHasStatusesOfItsOwn() {
        assertThat(job()).isNotEmpty();
        long id = service.jobs().latest().id();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.jobs().block(id, SignerSelector.at(0)))
                .withMessageContaining("BLOCKED in the DIRECT flow");
    }

    @Test
    void nobodyGoesBackFromThePortal() {
        byte[] bundle =
                TestBundle.by(service.clientCertificate(), Instant.now()).zip();
        assertThat(client.create(bundle).status()).isEqualTo(200);
        long id = service.jobs().latest().id();

        assertThatIllegalStateException()
                .isThrownBy(() -> service.jobs().completeSession(id, SignerSelector.at(0), SignerStatus.SIGNED));
        assertThat(service.jobs().get(id).signers().get(0).status()).isEqualTo(SignerStatus.WAITING);
    }

    /** Creates a job with one signer and returns its path. */
    private String job() {
        RawClient.Answered created = create(request(""), SIGNER);
        assertThat(created.status()).isEqualTo(200);
        return JOBS + "/" + created.element("signature-job-id");
    }

    private RawClient.Answered update(String signer, String body) {
        return client.send(HttpMethod.POST, signer, "application/xml", body.getBytes(UTF_8));
    }

    private RawClient.Answered create(String request, String signers) {
        byte[] bundle = TestBundle.by(service.clientCertificate(), Instant.now())
                .manifest(portal -> portal.replace("portal-", "direct-").replaceFirst("<signers>.*</signers>", signers))
                .zip();
        return client.send(
                HttpMethod.POST,
                JOBS,
                "multipart/mixed; boundary=frontier",
                RawClient.multipart(RawClient.Part.xml(request), RawClient.Part.bundle(bundle)));
    }

    private RawClient.Answered createIdentifiedBy(String identifier, String signers) {
        byte[] bundle = TestBundle.by(service.clientCertificate(), Instant.now())
                .manifest(portal -> portal.replace("portal-", "direct-")
                        .replaceFirst("<signers>.*</signers>", signers)
                        .replace(
                                "</documents>",
                                "</documents><identifier-in-signed-documents>" + identifier
                                        + "</identifier-in-signed-documents>"))
                .zip();
        return client.send(
                HttpMethod.POST,
                JOBS,
                "multipart/mixed; boundary=frontier",
                RawClient.multipart(RawClient.Part.xml(request("")), RawClient.Part.bundle(bundle)));
    }

    private static String request(String more) {
        return """
                <direct-signature-job-request xmlns="http://signering.posten.no/schema/v1"><exit-urls>\
                <completion-url>https://sender.example/done</completion-url>\
                <rejection-url>https://sender.example/done</rejection-url>\
                <error-url>https://sender.example/done</error-url></exit-urls>%s\
                </direct-signature-job-request>""".formatted(more);
    }
}
