package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.ForeignUrlException;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.XAdESReference;
import io.github.signaturereactive.portal.Notifications;
import io.github.signaturereactive.portal.PortalDocument;
import io.github.signaturereactive.portal.PortalJob;
import io.github.signaturereactive.portal.PortalJobResponse;
import io.github.signaturereactive.portal.PortalJobStatus;
import io.github.signaturereactive.portal.PortalJobStatusChanged;
import io.github.signaturereactive.portal.PortalSignature;
import io.github.signaturereactive.portal.PortalSigner;
import io.github.signaturereactive.portal.SignatureStatus;
import io.github.signaturereactive.portal.SignerIdentifier;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

/** Text forms end in logs: they hold no personal data, no token and no key. */
class PersonalDataTest {

    private static final String PIN = "12345678910";
    private static final String EMAIL = "kari.nordmann@example.com";
    private static final String MOBILE = "+4799887766";
    private static final String TITLE = "Kari Nordmann's sick leave";
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final URI URL = URI.create("https://api.example/api/job/17?token=" + TOKEN);

    private static final List<String> SECRETS = List.of(
            PIN,
            EMAIL,
            "nordmann",
            "Nordmann",
            MOBILE,
            "99887766",
            TITLE,
            TOKEN,
            Base64.getEncoder()
                    .encodeToString(TestOrganization.CERTIFICATE.privateKey().getEncoded()));

    static Stream<Object> everythingThatHoldsSecrets() {
        var notifications =
                Notifications.builder().withEmailTo(EMAIL).withSmsTo(MOBILE).build();
        var signer = PortalSigner.identifiedByPersonalIdentificationNumber(PIN, notifications)
                .build();
        var document = PortalDocument.builder(TITLE, PIN.getBytes(UTF_8)).build();
        var job = PortalJob.builder(
                        TITLE,
                        List.of(document),
                        List.of(
                                signer,
                                PortalSigner.identifiedByEmailAndMobileNumber(EMAIL, MOBILE)
                                        .build()))
                .withNonsensitiveTitle(TITLE)
                .withDescription(TITLE)
                .build();
        var identifiers = List.of(
                new SignerIdentifier.PersonalIdentificationNumber(PIN),
                new SignerIdentifier.ContactInformation(EMAIL, MOBILE),
                new SignerIdentifier.ContactInformation(EMAIL, null),
                new SignerIdentifier.ContactInformation(null, MOBILE));
        var signatures = identifiers.stream()
                .map(identifier -> new PortalSignature(
                        identifier,
                        SignatureStatus.SIGNED,
                        OffsetDateTime.parse("2026-03-02T10:00:00Z"),
                        XAdESReference.of(URL)))
                .toList();
        var change = PortalJobStatusChanged.builder(17, PortalJobStatus.COMPLETED_SUCCESSFULLY)
                .signatures(signatures)
                .confirmationReference(ConfirmationReference.of(URL))
                .cancellationUrl(CancellationUrl.of(URL))
                .deleteDocumentsUrl(DeleteDocumentsUrl.of(URL))
                .pAdESUrl(PAdESReference.of(URL))
                .build();
        return Stream.of(
                        Stream.of(
                                notifications,
                                signer,
                                document,
                                document.content(),
                                job,
                                change,
                                signatures,
                                new PortalJobResponse(17, null, CancellationUrl.of(URL)),
                                ConfirmationReference.of(URL),
                                CancellationUrl.of(URL),
                                DeleteDocumentsUrl.of(URL),
                                PAdESReference.of(URL),
                                XAdESReference.of(URL),
                                TestOrganization.CERTIFICATE,
                                ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                                        .build()),
                        identifiers.stream())
                .flatMap(both -> both);
    }

    @ParameterizedTest
    @MethodSource("everythingThatHoldsSecrets")
    void theTextFormHoldsNone(Object value) {
        assertThat(value.toString()).isNotBlank().doesNotContain(SECRETS);
    }

    @Test
    void theTextFormStillTellsWhatItIs() {
        assertThat(TestOrganization.CERTIFICATE).asString().contains("Testing AS", "expires at");
        assertThat(ClientConfiguration.builder(TestOrganization.CERTIFICATE).build())
                .asString()
                .contains("production at https://api.signering.posten.no/api", "Testing AS");
        assertThat(ConfirmationReference.of(URL)).hasToString("https://api.example/api/job/17");
        assertThat(new SignerIdentifier.ContactInformation(EMAIL, MOBILE))
                .hasToString("ContactInformation[e-mail, mobile number]");
        assertThat(PortalJobStatusChanged.builder(17, PortalJobStatus.FAILED).build())
                .hasToString("job 17 FAILED");
    }

    @Test
    void theErrorOfAForeignUrlNamesNeitherPathNorQuery() {
        try (var client = SignatureClient.create(
                ClientConfiguration.builder(TestOrganization.CERTIFICATE).build())) {
            StepVerifier.create(client.portal().confirm(ConfirmationReference.of(URL)))
                    .expectErrorSatisfies(error -> isWithoutSecrets(assertThat(error)
                            .isInstanceOf(ForeignUrlException.class)
                            .hasMessageContaining("https://api.example:443")))
                    .verify();
        }
    }

    @Test
    void anErrorOfACallNamesThePathWithoutItsQuery() throws Exception {
        try (var server = new RawServer(peer -> {
                    peer.readHeaders();
                    peer.write("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n");
                    peer.readAll();
                });
                var client = SignatureClient.create(
                        TestOrganization.configuration(server.url()).build())) {
            var url = URI.create(server.url() + "/job/17?token=" + TOKEN);

            StepVerifier.create(client.portal().confirm(ConfirmationReference.of(url)))
                    .expectErrorSatisfies(error ->
                            isWithoutSecrets(assertThat(error).hasMessageContaining("POST /api/job/17 was answered")))
                    .verify();
            StepVerifier.create(client.portal().getPAdES(PAdESReference.of(url)).content())
                    .expectErrorSatisfies(error ->
                            isWithoutSecrets(assertThat(error).hasMessageContaining("GET /api/job/17 was answered")))
                    .verify();
        }
    }

    private static void isWithoutSecrets(AbstractThrowableAssert<?, ? extends Throwable> error) {
        error.satisfies(thrown -> {
            var everything = new StringWriter();
            thrown.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString()).doesNotContain(SECRETS);
        });
    }
}
