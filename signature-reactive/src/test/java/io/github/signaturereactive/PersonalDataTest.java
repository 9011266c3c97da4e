package io.github.signaturereactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.signaturereactive.connection.ProxySettings;
import io.github.signaturereactive.direct.DirectDocument;
import io.github.signaturereactive.direct.DirectJob;
import io.github.signaturereactive.direct.DirectJobResponse;
import io.github.signaturereactive.direct.DirectJobStatus;
import io.github.signaturereactive.direct.DirectJobStatusResponse;
import io.github.signaturereactive.direct.DirectSignature;
import io.github.signaturereactive.direct.DirectSigner;
import io.github.signaturereactive.direct.DirectSignerResponse;
import io.github.signaturereactive.direct.ExitUrls;
import io.github.signaturereactive.direct.SignerStatus;
import io.github.signaturereactive.direct.SignerUrl;
import io.github.signaturereactive.direct.StatusReference;
import io.github.signaturereactive.job.CancellationUrl;
import io.github.signaturereactive.job.ConfirmationReference;
import io.github.signaturereactive.job.DeleteDocumentsUrl;
import io.github.signaturereactive.job.PAdESReference;
import io.github.signaturereactive.job.PreconditionException.Reason;
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
import org.slf4j.LoggerFactory;
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
        var directSigner = DirectSigner.withPersonalIdentificationNumber(PIN).build();
        var directJob = DirectJob.builder(
                        TITLE,
                        List.of(DirectDocument.builder(TITLE, PIN.getBytes(UTF_8))
                                .build()),
                        List.of(
                                directSigner,
                                DirectSigner.withCustomIdentifier(EMAIL).build()),
                        ExitUrls.singleExitUrl(URL))
                .withDescription(TITLE)
                .build();
        var redirectUrl = URI.create("https://signering.example/" + TOKEN + "/#/" + TOKEN);
        var directResponse = new DirectJobResponse(
                17,
                null,
                URL,
                List.of(
                        new DirectSignerResponse(PIN, null, SignerUrl.of(URL), redirectUrl),
                        new DirectSignerResponse(null, EMAIL, null, redirectUrl)));
        var directSignature = new DirectSignature(
                PIN, SignerStatus.SIGNED, OffsetDateTime.parse("2026-03-02T10:00:00Z"), XAdESReference.of(URL));
        return Stream.of(
                        Stream.of(
                                directSigner,
                                DirectSigner.withCustomIdentifier(EMAIL).build(),
                                directJob,
                                directJob.exitUrls(),
                                directResponse,
                                directResponse.signers(),
                                StatusReference.of(URL),
                                StatusReference.of(URL).withStatusQueryToken(TOKEN),
                                SignerUrl.of(URL),
                                directSignature,
                                DirectJobStatusResponse.builder(17, DirectJobStatus.COMPLETED_SUCCESSFULLY)
                                        .signatures(List.of(directSignature))
                                        .confirmationReference(ConfirmationReference.of(URL))
                                        .pAdESUrl(PAdESReference.of(URL))
                                        .build(),
                                ProxySettings.http("proxy", 80)
                                        .credentials(EMAIL, TOKEN)
                                        .build(),
                                ClientConfiguration.builder(TestOrganization.CERTIFICATE)
                                        .proxy(ProxySettings.socks5("proxy", 80)
                                                .credentials(EMAIL, TOKEN)
                                                .build())
                                        .build(),
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
                            .matches(Errors.precondition(Reason.FOREIGN_URL))
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

    @Test
    void noErrorOfTheDirectFlowAndNoWarningHoldsTheToken() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        root.addAppender(appender);
        var answers = List.of(
                "HTTP/1.1 403 No\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\n" + TOKEN,
                "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n" + TOKEN,
                "HTTP/1.1 200 OK\r\nContent-Length: 1200\r\n\r\n" + TOKEN,
                "HTTP/1.1 302 Found\r\nLocation: /?token=" + TOKEN + "\r\nContent-Length: 0\r\n\r\n",
                "");
        for (String answer : answers) {
            try (var server = new RawServer(peer -> {
                        peer.readHeaders();
                        peer.write(answer);
                    });
                    var client = SignatureClient.create(
                            TestOrganization.configuration(server.url()).build())) {
                var url = URI.create(server.url() + "/s?token=" + TOKEN);

                StepVerifier.create(client.direct()
                                .getStatus(StatusReference.of(url).withStatusQueryToken(TOKEN)))
                        .expectErrorSatisfies(error -> isWithoutSecrets(assertThat(error)))
                        .verify();
                StepVerifier.create(client.direct().requestNewRedirectUrl(SignerUrl.of(url)))
                        .expectErrorSatisfies(error -> isWithoutSecrets(assertThat(error)))
                        .verify();
            }
        }
        root.detachAppender(appender);
        assertThat(List.copyOf(appender.list))
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(SECRETS));
    }

    private static void isWithoutSecrets(AbstractThrowableAssert<?, ? extends Throwable> error) {
        error.satisfies(thrown -> {
            var everything = new StringWriter();
            thrown.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString()).doesNotContain(SECRETS);
        });
    }
}
